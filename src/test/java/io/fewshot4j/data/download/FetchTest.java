package io.fewshot4j.data.download;

import static io.fewshot4j.data.download.FaultyServer.ranged;
import static io.fewshot4j.data.download.FaultyServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.download.FaultyServer.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server on this machine that does everything wrong. */
final class FetchTest {
    private static final int SIZE = 300_000;
    private static final byte[] GOOD = bytes(SIZE, 1);
    private static final byte[] BAD = bytes(SIZE, 2);
    private static final String MD5 = md5(GOOD);

    private final List<Duration> pauses = new ArrayList<>();
    private final List<Long> done = new ArrayList<>();
    private final FaultyServer server = new FaultyServer();
    private final List<String> ranges = server.ranges();

    private Duration silence = Duration.ofSeconds(60);
    private FetchSource source =
            new FetchSource("test", server.address(), List.of(new FetchSource.Archive("a.zip", MD5)));

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        server.close();
    }

    private List<Fetch.Fetched> fetch(Answer... inTurn) {
        server.answer(inTurn);
        FetchLimits limits = new FetchLimits(3, Duration.ofSeconds(1), silence, pauses::add);
        return new Fetch(limits, (file, bytes, total) -> done.add(bytes)).fetch(source, folder);
    }

    private static Answer good() {
        return ranged(GOOD, "\"1\"", SIZE, 0);
    }

    private static Answer breaking() {
        return ranged(GOOD, "\"1\"", 100_000, 0);
    }

    private void assertFetched() throws IOException {
        assertThat(Files.readAllBytes(folder.resolve("a.zip"))).isEqualTo(GOOD);
        assertOnly("a.zip");
    }

    private void assertOnly(String... names) throws IOException {
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals(".a.zip.lock")))
                    .containsExactlyInAnyOrder(names);
        }
    }

    private void assertRefused(String message, Answer... inTurn) {
        assertThatThrownBy(() -> fetch(inTurn))
                .isInstanceOf(FewShotException.class)
                .hasMessageMatching(
                        message.replace("URL", source.base().resolve("a.zip").toString()))
                .message()
                .doesNotContain("\n");
    }

    @Test
    void a_file_is_fetched_with_progress_and_a_right_one_is_left() throws IOException {
        assertThat(fetch(good())).containsExactly(new Fetch.Fetched(folder.resolve("a.zip"), true));
        assertFetched();
        assertThat(done).isSorted().endsWith((long) SIZE);
        assertThat(fetch(status(500))).containsExactly(new Fetch.Fetched(folder.resolve("a.zip"), false));
        assertThat(ranges).containsExactly("all");
    }

    @Test
    void two_fetches_into_one_folder_do_not_write_one_file() throws IOException {
        Path lock = folder.resolve(".a.zip.lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            assertRefused(
                    ".*a.zip is being downloaded by another data fetch: wait for it, or name another folder with --to",
                    good());
        }
        fetch(good());
        assertFetched();
    }

    /** A lock file that is deleted when it is closed would be another one for each. */
    @Test
    void a_fetch_beside_one_that_is_under_way_is_refused() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch refused = new CountDownLatch(1);
        CompletableFuture<List<Fetch.Fetched>> first = CompletableFuture.supplyAsync(() -> fetch(exchange -> {
            asked.countDown();
            await(refused);
            good().to(exchange);
        }));
        await(asked);

        assertThatThrownBy(() -> new Fetch(FetchLimits.usual(), (file, bytes, total) -> {}).fetch(source, folder))
                .isInstanceOf(FewShotException.class)
                .hasMessageContaining("a.zip is being downloaded by another data fetch");
        refused.countDown();
        first.get();
        assertFetched();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_body_without_end_is_broken_off() throws IOException {
        assertRefused(
                "URL must answer with a file of at most 268435456 bytes, but sends more; what came was deleted: .*",
                exchange -> exchange.sendResponseHeaders(200, Download.MOST + 1));
        assertOnly();
    }

    @Test
    void a_bad_location_is_told_in_one_line() {
        assertRefused("(cannot reach|gave up on)? ?URL.*", exchange -> {
            exchange.getResponseHeaders().set("Location", "http://[bad");
            exchange.sendResponseHeaders(302, -1);
        });
    }

    @Test
    void a_tag_that_cannot_be_sent_is_not() throws IOException {
        fetchBroken();
        Files.writeString(folder.resolve("a.zip.part.etag"), "\"1\u0007\"\r\nX: y");
        fetch(good());
        assertFetched();
    }

    private void fetchBroken() {
        assertThatThrownBy(() -> fetch(breaking(), status(503))).isInstanceOf(FewShotException.class);
    }

    @Test
    void a_break_is_resumed_where_it_was() throws IOException {
        fetch(breaking(), breaking(), good());
        assertFetched();
        assertThat(ranges).containsExactly("all", "bytes=100000-", "bytes=200000-");
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    @Test
    void tries_that_bring_nothing_new_are_bounded_and_the_next_run_goes_on() throws IOException {
        assertRefused(
                "gave up on URL after 3 tries in vain, 100000 bytes are there: .* status 503; run the same command again to go on from there",
                breaking(),
                status(503));
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertOnly("a.zip.part", "a.zip.part.etag");
        ranges.clear();
        fetch(good());
        assertFetched();
        assertThat(ranges).containsExactly("bytes=100000-");
    }

    @Test
    void a_server_that_ignores_ranges_starts_over() throws IOException {
        fetch(breaking(), exchange -> {
            exchange.sendResponseHeaders(200, SIZE);
            exchange.getResponseBody().write(GOOD);
        });
        assertFetched();
    }

    @Test
    void another_version_of_the_file_starts_over() throws IOException {
        fetch(ranged(BAD, "\"0\"", 100_000, 0), good());
        assertFetched();
        assertThat(ranges).hasSize(2);
    }

    @Test
    void a_piece_of_another_file_is_noticed_by_its_weak_tag() throws IOException {
        fetch(ranged(BAD, "W/\"0\"", 100_000, 0), ranged(GOOD, "W/\"1\"", SIZE, 0));
        assertFetched();
        assertThat(ranges).containsExactly("all", "bytes=100000-", "all");
    }

    @Test
    void a_wrong_sum_after_a_resumed_download_starts_over_once() throws IOException {
        Files.write(folder.resolve("a.zip.part"), Arrays.copyOf(BAD, 1000));
        fetch(good());
        assertFetched();
        assertThat(ranges).containsExactly("bytes=1000-", "all");
    }

    @Test
    void a_part_longer_than_the_file_starts_over() throws IOException {
        Files.write(folder.resolve("a.zip.part"), bytes(SIZE + 1, 3));
        fetch(good());
        assertFetched();
    }

    @Test
    void a_whole_part_only_needs_its_name() throws IOException {
        Files.write(folder.resolve("a.zip.part"), GOOD);
        fetch(good());
        assertFetched();
        assertThat(done).isEmpty();
    }

    @Test
    void a_length_said_too_long_is_seen_through() throws IOException {
        fetch(ranged(GOOD, "\"1\"", SIZE, 50), good());
        assertFetched();
        assertThat(ranges).containsExactly("all", "bytes=" + SIZE + "-");
    }

    @Test
    void a_length_said_too_short_is_a_wrong_file() throws IOException {
        assertRefused(
                "URL must have the MD5 " + MD5 + ", got [0-9a-f]{32}; what came was deleted: .*",
                ranged(GOOD, "\"1\"", SIZE, -50));
        assertOnly();
    }

    @Test
    void a_wrong_file_is_deleted_and_named() throws IOException {
        assertRefused(
                "URL must have the MD5 " + MD5 + ", got " + md5(BAD) + "; what came was deleted: .*--from",
                ranged(BAD, "\"1\"", SIZE, 0));
        assertOnly();
        assertRefused("URL must have the MD5 .*", exchange -> exchange.sendResponseHeaders(200, -1));
    }

    @Test
    void a_wrong_file_of_the_users_is_left_and_named() throws IOException {
        Files.write(folder.resolve("a.zip"), BAD);
        assertRefused(".*a.zip must have the MD5 " + MD5 + ", got " + md5(BAD) + "; move it away and .*", good());
        assertThat(Files.readAllBytes(folder.resolve("a.zip"))).isEqualTo(BAD);
        assertThat(ranges).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 410})
    void a_refusal_is_not_tried_again(int status) {
        assertRefused(
                "URL must answer with the file, but answers with status " + status + "; name another .*",
                status(status));
        assertThat(ranges).hasSize(1);
    }

    @Test
    void a_fault_of_the_server_is_tried_again() throws IOException {
        fetch(status(500), status(429), good());
        assertFetched();
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void a_redirect_is_followed_with_the_range() throws IOException {
        Answer redirect = exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere/a.zip");
            exchange.sendResponseHeaders(302, -1);
        };
        fetch(redirect, breaking(), redirect, good());
        assertFetched();
        assertThat(ranges).containsExactly("all", "all", "bytes=100000-", "bytes=100000-");
    }

    @Test
    void a_redirect_without_end_is_refused() {
        assertRefused("URL must answer .* status 302; .*", exchange -> {
            exchange.getResponseHeaders().set("Location", "/a.zip");
            exchange.sendResponseHeaders(302, -1);
        });
    }

    @Test
    void a_silent_server_counts_as_a_break() throws IOException {
        silence = Duration.ofSeconds(2);
        fetch(
                exchange -> {
                    exchange.sendResponseHeaders(200, SIZE);
                    exchange.getResponseBody().write(GOOD, 0, 10_000);
                    exchange.getResponseBody().flush();
                    server.waitForTheEnd();
                },
                good());
        assertFetched();
        assertThat(ranges).containsExactly("all", "bytes=10000-");
    }

    @Test
    void a_length_that_is_not_said_is_not_needed() throws IOException {
        fetch(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(GOOD);
        });
        assertFetched();
    }

    @Test
    void a_server_that_is_not_there_is_named_at_once() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            source = source.from("http://127.0.0.1:" + socket.getLocalPort());
        }
        assertRefused("cannot reach URL: connection refused; check the network, or .*--from", good());
        assertThat(pauses).isEmpty();
    }

    @Test
    void a_folder_that_cannot_be_made_is_named() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        folder = file;
        assertRefused("--to must be a folder, but .*file is a file", good());
        folder = file.resolve("below");
        assertRefused("cannot make the folder .*below: .*; name another with --to", good());
    }

    @Test
    void a_full_disk_is_named() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "no /dev/full on this system");
        Path link = Files.createSymbolicLink(folder.resolve("a.zip.part"), full);
        assertRefused(
                "cannot write .*a.zip.part: No space left on device; mend that and run the same command again", good());
        Files.delete(link);
    }

    @Test
    void an_interrupt_stops_with_a_word_on_how_to_go_on() {
        Thread.currentThread().interrupt();
        assertRefused("the download of a.zip was stopped; run the same command again to go on from there", good());
        assertThat(Thread.interrupted()).isTrue();
    }

    private static byte[] bytes(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static String md5(byte[] bytes) {
        try {
            Path file = Files.createTempFile("md5", "");
            Files.write(file, bytes);
            String md5 = PartFile.md5(file);
            Files.delete(file);
            return md5;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
