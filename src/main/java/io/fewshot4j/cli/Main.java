package io.fewshot4j.cli;

/** The start of the program. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.out.println("fewshot4j " + Main.class.getPackage().getImplementationVersion());
    }
}
