/** Mini-ImageNet as lists, class folders, pickles or prepared files. */
@NullMarked
package io.fewshot4j.data.miniimagenet;

import org.jspecify.annotations.NullMarked;
