package io.fewshot4j.options;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.fewshot4j.FewShotException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Settings as YAML: one {@code key: value} a line, nothing nested. */
public final class SettingsFile {
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .build();

    private static final int MOST = 1 << 20;

    private SettingsFile() {}

    /** Reads a file of UTF-8 text. */
    public static Settings read(Path file) {
        try {
            requireSize(Files.size(file), file.toString());
            return parse(Files.readString(file), file.toString());
        } catch (NoSuchFileException e) {
            throw new FewShotException("there is no settings file " + file, e);
        } catch (CharacterCodingException e) {
            throw new FewShotException("a settings file must be UTF-8 text: " + file + " is not", e);
        } catch (IOException e) {
            throw new FewShotException("cannot read settings file " + file + ": " + e.getMessage(), e);
        }
    }

    /** Reads text; {@code source} is the file's name in messages. */
    public static Settings parse(String text, String source) {
        requireSize(text.length(), source);
        try (YAMLParser parser = YAML.createParser(text)) {
            return new Reading(parser, source).settings();
        } catch (JsonProcessingException e) {
            throw new FewShotException(at(source, e.getLocation()) + "not YAML: " + problem(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A parser would take a minute before it refused what is no settings file at all. */
    private static void requireSize(long size, String source) {
        if (size > MOST) {
            throw new FewShotException(
                    "a settings file may have " + MOST + " bytes, got " + size + ": " + source + " is something else");
        }
    }

    /** The parser's message without the lines that show the place. */
    private static String problem(JsonProcessingException e) {
        return e.getOriginalMessage()
                .lines()
                .filter(line -> !line.startsWith(" "))
                .collect(Collectors.joining(", "));
    }

    /** The text that {@link #parse} reads back as the same settings. */
    public static String format(Settings settings) {
        StringWriter text = new StringWriter();
        try (YAMLGenerator yaml = YAML.createGenerator(text)) {
            yaml.writeStartObject();
            for (Map.Entry<String, String> entry : settings.asMap().entrySet()) {
                yaml.writeFieldName(entry.getKey());
                write(yaml, entry.getValue());
            }
            yaml.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(YAMLGenerator yaml, String value) throws IOException {
        if (value.equals("true") || value.equals("false")) {
            yaml.writeBoolean(Boolean.parseBoolean(value));
        } else {
            yaml.writeString(value);
        }
    }

    private static String at(String source, JsonLocation location) {
        return source + " line " + location.getLineNr() + ": ";
    }

    /** One pass over a document. */
    private record Reading(YAMLParser parser, String source) {
        Settings settings() throws IOException {
            Map<String, String> values = new LinkedHashMap<>();
            JsonToken first = parser.nextToken();
            if (first == null) {
                return Settings.none();
            }
            require(first == JsonToken.START_OBJECT, "settings must be lines of key: value");
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                require(Kebab.isKey(key), "a key must be lower-case words joined by hyphens, got \"" + key + "\"");
                require(!values.containsKey(key), key + " must be set once, got it again");
                values.put(key, value(key));
            }
            require(parser.nextToken() == null, "there must be one document, got another");
            return Settings.of(values);
        }

        private String value(String key) throws IOException {
            JsonToken token = parser.nextToken();
            require(token != JsonToken.VALUE_NULL, key + " must have a value, got none");
            require(
                    token.isScalarValue(),
                    key
                            + " must have one plain value, got a nested one (a list is written 1,2,3; choices of a sweep 1 | 2 | 3)");
            require(
                    !parser.isCurrentAlias(),
                    key + " must have a plain value, got an alias; put a text that begins with * in quotes");
            return parser.getText();
        }

        private void require(boolean condition, String rule) {
            if (!condition) {
                throw new FewShotException(at(source, parser.currentTokenLocation()) + rule);
            }
        }
    }
}
