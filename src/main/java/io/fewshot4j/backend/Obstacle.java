package io.fewshot4j.backend;

/**
 * Why something cannot run.
 *
 * @param problem the rule and the value found
 * @param remedy what to do about it
 */
public record Obstacle(String problem, String remedy) {}
