package io.fewshot4j.spark;

import java.io.Serializable;
import java.util.List;

/**
 * Reply of an executor. A fault of the user comes as a value, not as an exception: Spark would try it again, and print
 * its stack trace.
 *
 * @param host name of its machine
 * @param processor of its machine
 * @param fault one line; empty where there is none
 */
record Answer<R extends Serializable>(String host, String processor, String fault, List<R> results)
        implements Serializable {}
