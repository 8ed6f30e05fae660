package io.fewshot4j.data.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FetchRulesTest {
    @Test
    void faults_are_told_in_the_users_words() {
        IOException unknown = new ConnectException();
        unknown.initCause(new UnresolvedAddressException());
        assertThat(Reason.of(unknown)).isEqualTo("unknown host");
        assertThat(Reason.of(new AccessDeniedException("x"))).isEqualTo("permission denied");
        assertThat(Reason.of(new FileSystemException("x", null, "Read-only file system")))
                .isEqualTo("Read-only file system");
        assertThat(Reason.of(new IOException("reset"))).isEqualTo("reset");
        assertThat(Reason.of(new EOFException())).isEqualTo("EOFException");
    }

    @Test
    void a_mirror_may_end_with_a_slash_or_not() {
        FetchSource omniglot = FetchSource.omniglot();
        assertThat(omniglot.from("https://host/folder")).isEqualTo(omniglot.from("https://host/folder/"));
        assertThat(omniglot.from("https://host/folder").archives()).isEqualTo(omniglot.archives());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ftp://host/x", "host/x", "http:///x", "http://a b/"})
    void an_address_that_is_none_is_refused(String url) {
        assertThatThrownBy(() -> FetchSource.omniglot().from(url))
                .isInstanceOf(FewShotException.class)
                .hasMessage("--from must be an address such as https://host/folder/, got \"" + url + "\"");
    }

    @Test
    void the_pauses_double() throws InterruptedException {
        List<Duration> slept = new ArrayList<>();
        FetchLimits limits = new FetchLimits(6, Duration.ofSeconds(1), Duration.ofSeconds(30), slept::add);
        for (int failures = 1; failures <= 4; failures++) {
            limits.pauseAfter(failures);
        }
        assertThat(slept.stream().map(Duration::toSeconds)).containsExactly(1L, 2L, 4L, 8L);
        assertThat(FetchLimits.usual().attempts()).isEqualTo(6);
    }
}
