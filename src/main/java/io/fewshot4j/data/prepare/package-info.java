/** Mini-ImageNet from ILSVRC 2012. */
@NullMarked
package io.fewshot4j.data.prepare;

import org.jspecify.annotations.NullMarked;
