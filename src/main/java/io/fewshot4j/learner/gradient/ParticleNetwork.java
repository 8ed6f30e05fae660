package io.fewshot4j.learner.gradient;

import io.fewshot4j.graph.Conv4;
import io.fewshot4j.graph.Particles;
import io.fewshot4j.learner.TaskShape;
import io.fewshot4j.tensor.ParameterLayout;

/** Conv4 with several linear heads. */
record ParticleNetwork(Bmaml.Settings settings, Conv4 body, Particles heads, int way) {
    ParticleNetwork(Bmaml.Settings settings, TaskShape shape) {
        this(settings, settings.body(shape.image()), shape.episode().way());
    }

    private ParticleNetwork(Bmaml.Settings settings, Conv4 body, int way) {
        this(settings, body, settings.ensemble().of(head(body, way)), way);
    }

    private static ParameterLayout head(Conv4 body, int way) {
        return ParameterLayout.none().with("fc.weight", body.features(), way).with("fc.bias", way);
    }

    ParameterLayout layout() {
        return body.layout().with(heads.layout());
    }
}
