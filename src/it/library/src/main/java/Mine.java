import io.fewshot4j.Classifier;
import io.fewshot4j.Data;
import io.fewshot4j.Prediction;
import io.fewshot4j.Run;
import io.fewshot4j.Training;
import java.nio.file.Path;

class Mine {
    public static void main(String[] args) {
        Training training = Training.preset("protonet/omniglot-5way-1shot")
                .with("train-way", 5)
                .with("filters", 8)
                .with("iterations", 30)
                .with("test-query", 2)
                .with("query", 2)
                .with("validation-episodes", 5);
        Data images =
                Data.images(Path.of("images")).with("image-height", 16).with("image-width", 16).with("image-channels", 1);
        try (Run run = training.run(images, Path.of("run"));
                Classifier classifier = run.classifier(Path.of("examples"))) {
            Prediction answer = classifier.classify(Path.of("new.png"));
            System.out.println("answer: " + answer.label() + " " + answer.probability());
        }
    }
}
