package io.fewshot4j.report.table;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.fewshot4j.report.RunReport;
import io.fewshot4j.report.Words;
import io.fewshot4j.training.EvaluationResult;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;

/**
 * Result records as one JSON document. Components keep their names; constants are lower case with dashes, durations are
 * seconds, and of an evaluation the single episodes are left out (they are in {@code episodes.csv}).
 */
public final class Json {
    private static final ObjectWriter WRITER =
            new ObjectMapper().registerModule(module()).writerWithDefaultPrettyPrinter();

    private Json() {}

    /** The document, without a line end. */
    public static String text(Object document) {
        try {
            return WRITER.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "cannot write " + document.getClass().getName() + " as JSON", e);
        }
    }

    /** The document in UTF-8, and a line end. */
    public static void print(PrintStream out, Object document) {
        byte[] bytes = (text(document) + "\n").getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        out.flush();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static SimpleModule module() {
        SimpleModule module = new SimpleModule("fewshot4j");
        module.addSerializer((Class) Enum.class, as((Enum<?> constant) -> Words.of(constant)));
        module.addSerializer(Duration.class, as((Duration duration) -> duration.toMillis() / 1000.0));
        module.addSerializer(Path.class, as(Path::toString));
        module.addSerializer(EvaluationResult.Mode.class, as(ModeView::of));
        module.addSerializer(RunReport.class, as(ReportView::of));
        return module;
    }

    private static <T> JsonSerializer<T> as(Function<T, Object> view) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
                provider.defaultSerializeValue(view.apply(value), json);
            }
        };
    }
}
