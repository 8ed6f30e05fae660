package io.fewshot4j.data.download;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLException;

/** Brings one file over, going on where a try broke off. */
final class Download {
    /** Far more than any archive that is fetched. */
    static final long MOST = 1L << 28;

    private final HttpClient client;
    private final FetchLimits limits;
    private final FetchProgress progress;
    private final URI address;
    private final String file;
    private final PartFile part;

    Download(HttpClient client, FetchLimits limits, FetchProgress progress, URI base, String file, PartFile part) {
        this.client = client;
        this.limits = limits;
        this.progress = progress;
        this.address = base.resolve(file);
        this.file = file;
        this.part = part;
    }

    /** Tries until the part holds all that the server has; says whether all of it came in one piece. */
    boolean run() throws InterruptedException {
        long furthest = part.length();
        int failures = 0;
        for (boolean first = true; ; first = false) {
            try {
                return once();
            } catch (IOException e) {
                if (first && unreachable(e)) {
                    throw new FewShotException(
                            "cannot reach " + address + ": " + Reason.of(e)
                                    + "; check the network, or name another address with --from",
                            e);
                }
                failures = part.length() > furthest ? 1 : failures + 1;
                furthest = Math.max(furthest, part.length());
                if (failures >= limits.attempts()) {
                    throw gaveUp(e);
                }
                limits.pauseAfter(failures);
            }
        }
    }

    private static boolean unreachable(IOException e) {
        return e instanceof ConnectException || e instanceof HttpConnectTimeoutException || e instanceof SSLException;
    }

    private FewShotException gaveUp(IOException e) {
        return new FewShotException(
                "gave up on " + address + " after " + limits.attempts() + " tries in vain, " + part.length()
                        + " bytes are there: " + Reason.of(e) + "; run the same command again to go on from there",
                e);
    }

    private boolean once() throws IOException, InterruptedException {
        long have = part.length();
        HttpResponse<Flow.Publisher<List<ByteBuffer>>> response = send(have);
        try (DownloadBody body = new DownloadBody()) {
            response.body().subscribe(body);
            int status = response.statusCode();
            if (status == 200) {
                part.restart(header(response, "ETag"));
                receive(response, body);
            } else if (status == 206) {
                requireSameFile(response, have);
                receive(response, body);
            } else if (status != 416 || !header(response, "Content-Range").equals(Optional.of("bytes */" + have))) {
                refused(status);
            }
            return status == 200;
        }
    }

    /** Java takes some wrong answers, such as a bad Location, for faults of the program. */
    private HttpResponse<Flow.Publisher<List<ByteBuffer>>> send(long have) throws IOException, InterruptedException {
        HttpRequest request = request(have);
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofPublisher());
        } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
            throw new FewShotException(
                    address + " answers what is no HTTP (" + Reason.of(e) + "): name another address with --from", e);
        }
    }

    private HttpRequest request(long have) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(limits.silence());
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
            part.tag().filter(tag -> !tag.startsWith("W/")).ifPresent(tag -> request.header("If-Range", tag));
        }
        return request.build();
    }

    /** A server that goes on at another place, or with another file, is asked again from the start. */
    private void requireSameFile(HttpResponse<?> response, long have) throws IOException {
        boolean place = header(response, "Content-Range").orElse("").startsWith("bytes " + have + "-");
        Optional<String> tag = header(response, "ETag");
        boolean version = tag.isEmpty() || part.tag().isEmpty() || tag.equals(part.tag());
        if (!place || !version) {
            part.delete();
            throw new IOException("the server did not go on where the download broke off");
        }
    }

    private void refused(int status) throws IOException {
        if (status == 416) {
            part.delete();
        }
        if (status == 408 || status == 416 || status == 429 || status >= 500) {
            throw new IOException("the server answers with status " + status);
        }
        throw new FewShotException(address + " must answer with the file, but answers with status " + status
                + "; name another address with --from");
    }

    private void receive(HttpResponse<?> response, DownloadBody body) throws IOException, InterruptedException {
        long done = part.length();
        long length = header(response, "Content-Length")
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElse(-1L);
        requireSize(Math.max(0, length) + done);
        long total = length < 0 ? -1 : done + length;
        for (List<ByteBuffer> next = body.next(limits.silence()); !next.isEmpty(); next = body.next(limits.silence())) {
            done += next.stream().mapToLong(ByteBuffer::remaining).sum();
            requireSize(done);
            part.append(next);
            progress.on(file, done, total);
        }
        if (total >= 0 && done != total) {
            throw new IOException("the server sent " + done + " of " + total + " bytes");
        }
    }

    /** An answer without end would fill the disk. */
    private void requireSize(long bytes) {
        if (bytes > MOST) {
            part.delete();
            throw new FewShotException(address + " must answer with a file of at most " + MOST
                    + " bytes, but sends more;" + " what came was deleted: name another address with --from");
        }
    }

    private static Optional<String> header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name);
    }
}
