package io.fewshot4j.cuda;

import java.util.List;

/** Arrays that are read after a node of a plan. */
final class Liveness {
    private final List<Node> nodes;
    private final long outputsEnd;

    /** @param outputsEnd end of the inputs and outputs, which are read after the plan */
    Liveness(List<Node> nodes, long outputsEnd) {
        this.nodes = nodes;
        this.outputsEnd = outputsEnd;
    }

    /** Whether anybody reads an array, before it is written anew, from a node on. */
    boolean isRead(DeviceArray array, int from) {
        for (Node node : nodes.subList(from, nodes.size())) {
            if (node.reads().stream().anyMatch(array::overlaps)) {
                return true;
            }
            if (node.writes().stream().anyMatch(written -> covers(written, array))) {
                return false;
            }
        }
        return array.offset() < outputsEnd;
    }

    private static boolean covers(DeviceArray written, DeviceArray array) {
        return written.offset() <= array.offset()
                && array.offset() + array.length() <= written.offset() + written.length();
    }
}
