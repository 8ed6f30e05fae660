package io.fewshot4j.data.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on this machine alone that answers as it is told, rightly or wrongly. */
final class FaultyServer implements AutoCloseable {
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    FaultyServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            ranges.add(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"))
                    .orElse("all"));
            next().to(exchange);
            exchange.close();
        });
        server.start();
    }

    URI address() {
        return URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + "/");
    }

    /** One after another; the last one from then on. */
    synchronized void answer(Answer... inTurn) {
        answers.clear();
        answers.addAll(List.of(inTurn));
    }

    private synchronized Answer next() {
        return answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
    }

    /** The range that each request asked for, or "all". */
    List<String> ranges() {
        return ranges;
    }

    /** Keeps an answer from ending before the test has. */
    void waitForTheEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Serves part of {@code content} as asked, says it is {@code more} bytes longer, and breaks off after {@code most}
     * bytes.
     */
    static Answer ranged(byte[] content, String tag, int most, int more) {
        return exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            String ifRange = exchange.getRequestHeaders().getFirst("If-Range");
            boolean resumes = range != null && (ifRange == null || ifRange.equals(tag));
            int from = resumes ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
            exchange.getResponseHeaders().set("ETag", tag);
            if (resumes && from >= content.length) {
                exchange.getResponseHeaders().set("Content-Range", "bytes */" + content.length);
                exchange.sendResponseHeaders(416, -1);
                return;
            }
            if (resumes) {
                exchange.getResponseHeaders()
                        .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
            }
            exchange.sendResponseHeaders(resumes ? 206 : 200, content.length - from + more);
            exchange.getResponseBody().write(content, from, Math.min(most, content.length - from + Math.min(0, more)));
            exchange.getResponseBody().flush();
        };
    }

    static Answer status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    @Override
    public void close() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
