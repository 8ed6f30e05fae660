package io.fewshot4j.cuda;

import java.util.List;

/** Work on the device that reads and writes arrays there. */
interface Node {
    List<DeviceArray> reads();

    List<DeviceArray> writes();
}
