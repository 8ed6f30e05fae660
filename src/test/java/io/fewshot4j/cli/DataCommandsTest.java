package io.fewshot4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.fewshot4j.FewShotException;
import io.fewshot4j.cli.console.CommandRun;
import io.fewshot4j.data.download.FetchLimits;
import io.fewshot4j.data.download.FetchSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.cli.ParseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataCommandsTest {
    private static final String FIRST = "the first archive";
    private static final String SECOND = "the second archive, a little longer";

    @TempDir
    private Path folder;

    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve("/good/a.zip", FIRST);
        serve("/good/b.zip", SECOND);
        serve("/bad/a.zip", "another file");
        server.start();
    }

    private void serve(String path, String content) {
        server.createContext(path, exchange -> {
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String address(String path) {
        return "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + path;
    }

    private DataFetchCommand fetch() {
        FetchSource source = new FetchSource(
                "omniglot",
                URI.create(address("/good/")),
                List.of(new FetchSource.Archive("a.zip", md5(FIRST)), new FetchSource.Archive("b.zip", md5(SECOND))));
        return new DataFetchCommand(
                List.of(source), new FetchLimits(1, Duration.ZERO, Duration.ofSeconds(20), pause -> {}));
    }

    private static String md5(String content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            return HexFormat.of().formatHex(digest.digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void archives_are_fetched_with_progress_and_the_next_step_is_told() throws ParseException {
        Path to = folder.resolve("data");
        CommandRun run = CommandRun.of(fetch(), "omniglot", "--to", to);

        assertThat(run.code()).isZero();
        assertThat(to.resolve("a.zip")).hasContent(FIRST);
        assertThat(to.resolve("b.zip")).hasContent(SECOND);
        assertThat(run.out())
                .contains("a.zip: downloaded, checksum right")
                .endsWith("next: fewshot4j train --preset maml/omniglot-5way-1shot --data " + to + " --out RUN\n");
        assertThat(run.err()).contains("downloading a.zip", "downloading b.zip");
    }

    @Test
    void what_is_there_is_not_fetched_again() throws ParseException {
        CommandRun.of(fetch(), "omniglot", "--to", folder);
        server.stop(0);
        CommandRun again = CommandRun.of(fetch(), "omniglot", "--to", folder, "--json");

        JsonNode json = again.json();
        assertThat(json.get("dataset").asText()).isEqualTo("omniglot");
        assertThat(json.get("files")).hasSize(2);
        assertThat(json.get("files").get(1).get("downloaded").asBoolean()).isFalse();
    }

    @Test
    void a_mirror_with_other_files_is_refused() {
        assertThatThrownBy(() -> CommandRun.of(fetch(), "omniglot", "--to", folder, "--from", address("/bad")))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining("/bad/a.zip must have the MD5 " + md5(FIRST));
        assertThat(folder.resolve("a.zip")).doesNotExist();
    }

    @Test
    void an_unknown_data_set_is_a_wrong_argument() {
        assertThatThrownBy(() -> CommandRun.of(fetch(), "omniglott", "--to", folder))
                .isInstanceOf(ParseException.class)
                .hasMessage("the data set must be one of omniglot, got \"omniglott\"; did you mean omniglot?");
        assertThatThrownBy(() -> CommandRun.of(fetch(), "--to", folder))
                .isInstanceOf(ParseException.class)
                .hasMessage("there must be a data set, got none");
    }

    @Test
    void a_folder_of_images_is_described() throws IOException, ParseException {
        OwnImages images = new OwnImages(folder.resolve("images"));
        for (int c = 0; c < 5; c++) {
            images.write("class" + c, c, 0, c == 4 ? 1 : 3);
        }
        Path cache = folder.resolve("cache");
        CommandRun run = CommandRun.of(new DataInfoCommand(), images.folder(), "--cache", cache);

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("image-folder, decoded to 84x84x3", "train", "validation", "test")
                .contains("warning: class class4 has 1 image");
        assertThat(run.err()).contains("decoding: 13 images");

        CommandRun again = CommandRun.of(new DataInfoCommand(), images.folder(), "--cache", cache, "--json");
        assertThat(again.err()).isEmpty();
        assertThat(again.json().get("kind").asText()).isEqualTo("image-folder");
        assertThat(again.json().get("parts")).hasSize(3);
    }

    @Test
    void a_damaged_image_is_named() throws IOException {
        OwnImages images = new OwnImages(folder.resolve("images"));
        images.write("a", 0, 0, 2);
        images.write("b", 1, 0, 2);
        Path damaged = Files.writeString(images.folder().resolve("b/damaged.png"), "no image");

        assertThatThrownBy(
                        () -> CommandRun.of(new DataInfoCommand(), images.folder(), "--cache", folder.resolve("cache")))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining(damaged.toString());
    }
}
