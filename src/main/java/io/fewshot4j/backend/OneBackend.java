package io.fewshot4j.backend;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.nd4j.linalg.factory.Nd4jBackend;

/** A class loader that lists one of ND4J's backends as a service, where ND4J itself would take any that it finds. */
final class OneBackend extends ClassLoader {
    private static final String SERVICES = "META-INF/services/" + Nd4jBackend.class.getName();

    private final String backend;

    OneBackend(ClassLoader parent, String backend) {
        super(parent);
        this.backend = backend;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return name.equals(SERVICES)
                ? Collections.enumeration(List.of(new URL("backend", "", -1, "/" + backend, new Line())))
                : super.getResources(name);
    }

    /** The text of a service file. */
    private final class Line extends URLStreamHandler {
        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() {
                    return new ByteArrayInputStream(backend.getBytes(StandardCharsets.UTF_8));
                }
            };
        }
    }
}
