package io.fewshot4j.data.download;

import io.fewshot4j.data.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The bytes of an answer as they arrive, with a limit on silence, which an input stream does not have. */
final class DownloadBody implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {
    private static final Flow.Subscription NONE = new Flow.Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    };

    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private volatile Flow.Subscription subscription = NONE;

    private sealed interface Signal {}

    private record Bytes(List<ByteBuffer> buffers) implements Signal {}

    private record End() implements Signal {}

    private record Broken(Throwable cause) implements Signal {}

    /** The next bytes; none at the end of the answer. */
    List<ByteBuffer> next(Duration silence) throws IOException, InterruptedException {
        Signal signal = signals.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
        if (signal == null) {
            throw new IOException("nothing came for " + silence.toSeconds() + " s");
        }
        if (signal instanceof Broken broken) {
            throw new IOException(Reason.of(broken.cause()), broken.cause());
        }
        if (signal instanceof Bytes bytes) {
            subscription.request(1);
            return bytes.buffers();
        }
        return List.of();
    }

    @Override
    public void onSubscribe(Flow.Subscription granted) {
        subscription = granted;
        granted.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        signals.add(new Bytes(buffers));
    }

    @Override
    public void onError(Throwable cause) {
        signals.add(new Broken(cause));
    }

    @Override
    public void onComplete() {
        signals.add(new End());
    }

    /** Breaks the connection off unless the answer has come to its end. */
    @Override
    public void close() {
        subscription.cancel();
    }
}
