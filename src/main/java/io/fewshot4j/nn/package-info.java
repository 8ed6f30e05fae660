/**
 * Networks, and what they and their learners are made of: layers, normalisation, cells, losses, update rules, first
 * values.
 */
@NullMarked
package io.fewshot4j.nn;

import org.jspecify.annotations.NullMarked;
