package io.fewshot4j.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on this machine that sends one archive slowly, from any byte on. */
final class DownloadServer implements AutoCloseable {
    private static final int LENGTH = 300_000;
    private static final int PIECE = 10_000;
    private static final int PAUSE_MILLIS = 20;

    private final byte[] content = new byte[LENGTH];
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    DownloadServer() throws IOException {
        new Random(1).nextBytes(content);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        exchange.getResponseHeaders().set("ETag", "\"one\"");
        if (from >= LENGTH) {
            exchange.getResponseHeaders().set("Content-Range", "bytes */" + LENGTH);
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (LENGTH - 1) + "/" + LENGTH);
        exchange.sendResponseHeaders(range == null ? 200 : 206, LENGTH - from);
        try (OutputStream out = exchange.getResponseBody()) {
            for (int at = from; at < LENGTH; at += PIECE) {
                out.write(content, at, Math.min(PIECE, LENGTH - at));
                out.flush();
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String address() {
        return "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + "/";
    }

    String md5() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
