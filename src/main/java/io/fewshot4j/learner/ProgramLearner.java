package io.fewshot4j.learner;

/** A learner whose meta-gradient and answers are programs over its model. */
public abstract class ProgramLearner implements Learner {
    protected final Model model;
    protected final MetaExecutor meta;
    protected final Compiled compiled;

    /** @param meta over {@code model}; it is closed with the learner */
    protected ProgramLearner(Model model, MetaExecutor meta) {
        this.model = model;
        this.meta = meta;
        this.compiled = new Compiled(model.parameters(), model.statistics());
    }

    @Override
    public final Cost cost() {
        return meta.cost();
    }

    @Override
    public final Model model() {
        return model;
    }

    @Override
    public final void close() {
        meta.close();
        compiled.close();
    }
}
