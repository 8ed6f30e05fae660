/** Downloads that go on where they broke off. */
@NullMarked
package io.fewshot4j.data.download;

import org.jspecify.annotations.NullMarked;
