package io.fewshot4j.data.sinusoid;

/** amplitude x sin(x - phase). */
public record Sinusoid(double amplitude, double phase) {
    public double at(double x) {
        return amplitude * Math.sin(x - phase);
    }
}
