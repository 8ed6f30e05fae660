package io.fewshot4j.learner.reference;

import io.fewshot4j.FewShotException;
import io.fewshot4j.data.ImageShape;
import io.fewshot4j.graph.ConvGeometry;
import io.fewshot4j.nn.Conv4;
import io.fewshot4j.tensor.Transfer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A case whose arrays were found to be there, of the right types, to fit each other, and to hold finite numbers and
 * labels in range.
 */
final class ReferenceCase {
    private static final int MOST_STEPS = 100;

    private final Map<String, INDArray> arrays;

    private ReferenceCase(Map<String, INDArray> arrays) {
        this.arrays = arrays;
    }

    /**
     * Checks the arrays, which stay the caller's.
     *
     * @throws FewShotException that says what is wrong in one line
     */
    static ReferenceCase of(Map<String, INDArray> arrays) {
        ReferenceCase checked = new ReferenceCase(arrays);
        checked.requireFourBlocks();
        checked.requireSettings();
        checked.requireImages();
        checked.requireParameters();
        checked.requireLabels("support");
        checked.requireLabels("query");
        return checked;
    }

    INDArray array(String name) {
        INDArray array = arrays.get(name);
        if (array == null) {
            throw new FewShotException("the case must have an array " + name + ", got " + arrays.keySet());
        }
        return array;
    }

    Conv4 network() {
        boolean maxPool = flag("maxpool", false);
        INDArray images = array("support_x");
        try {
            return new Conv4(
                    new ImageShape((int) images.size(2), (int) images.size(3), (int) images.size(1)),
                    (int) array("conv0.weight").size(0),
                    maxPool ? Conv4.Downsampling.MAX_POOL : Conv4.Downsampling.STRIDE,
                    flag("head_flatten", maxPool) ? Conv4.Head.FLATTEN : Conv4.Head.MEAN,
                    flag("pad_tf", false) ? ConvGeometry.Padding.TENSORFLOW : ConvGeometry.Padding.TORCH,
                    true,
                    setting("eps", 1e-5));
        } catch (IllegalArgumentException e) {
            throw new FewShotException(String.valueOf(e.getMessage()), e);
        }
    }

    int way() {
        return (int) array("fc.weight").size(0);
    }

    int steps() {
        return (int) setting("inner_steps", 1);
    }

    boolean secondOrder() {
        return setting("order", 2) == 2;
    }

    double learningRate() {
        return setting("inner_lr", 0.4);
    }

    /** Images of a set, "support" or "query". */
    int count(String set) {
        return (int) array(set + "_x").size(0);
    }

    int label(String set, int image) {
        return array(set + "_y").getInt(image);
    }

    private double setting(String name, double otherwise) {
        return arrays.containsKey(name) ? array(name).getDouble(0) : otherwise;
    }

    private boolean flag(String name, boolean otherwise) {
        return setting(name, otherwise ? 1 : 0) != 0;
    }

    private void requireFourBlocks() {
        for (int block = 0; block < Conv4.BLOCKS; block++) {
            array("conv" + block + ".weight");
        }
        if (arrays.containsKey("conv" + Conv4.BLOCKS + ".weight")) {
            throw new FewShotException("the case must have four blocks, conv0 to conv3, got " + arrays.keySet());
        }
    }

    private void requireImages() {
        requireRank("conv0.weight", 4);
        requireRank("support_x", 4);
        requireRank("fc.weight", 2);
        INDArray support = array("support_x");
        requireRank("query_x", 4);
        requireReals("support_x", support.shape());
        requireReals("query_x", array("query_x").size(0), support.size(1), support.size(2), support.size(3));
        if (way() < 2) {
            throw new FewShotException("fc.weight must have a row for each of at least 2 classes, got " + way());
        }
    }

    private void requireParameters() {
        long filters = array("conv0.weight").size(0);
        for (int block = 0; block < Conv4.BLOCKS; block++) {
            long inputs = block == 0 ? array("support_x").size(1) : filters;
            requireReals("conv" + block + ".weight", filters, inputs, 3, 3);
            requireReals("conv" + block + ".bias", filters);
            requireReals("bn" + block + ".weight", filters);
            requireReals("bn" + block + ".bias", filters);
        }
        requireReals("fc.weight", way(), network().features());
        requireReals("fc.bias", way());
    }

    private void requireLabels(String set) {
        INDArray labels = array(set + "_y");
        require(labels, set + "_y", DataType.INT64, count(set));
        for (int i = 0; i < count(set); i++) {
            long label = labels.getLong(i);
            if (label < 0 || label >= way()) {
                throw new FewShotException(
                        set + "_y must hold labels 0 to " + (way() - 1) + ", got " + label + " at " + i);
            }
        }
    }

    private void requireSettings() {
        requireSetting("inner_steps", "a whole number from 1 to " + MOST_STEPS, 1, MOST_STEPS, true);
        requireSetting("order", "1 or 2", 1, 2, true);
        requireSetting("inner_lr", "a finite number", -Double.MAX_VALUE, Double.MAX_VALUE, false);
        requireSetting("eps", "above 0", Double.MIN_VALUE, Double.MAX_VALUE, false);
        for (String flag : new String[] {"maxpool", "head_flatten", "pad_tf"}) {
            requireSetting(flag, "0 or 1", 0, 1, true);
        }
    }

    private void requireSetting(String name, String rule, double least, double most, boolean whole) {
        if (arrays.containsKey(name)) {
            INDArray array = array(name);
            double value = array.length() == 1 ? array.getDouble(0) : Double.NaN;
            if (!(value >= least && value <= most) || (whole && value != Math.rint(value))) {
                String found = array.length() == 1 ? number(value) : describe(array);
                throw new FewShotException(name + " must be " + rule + ", got " + found);
            }
        }
    }

    private static String number(double value) {
        return value == (long) value ? Long.toString((long) value) : Double.toString(value);
    }

    private void requireRank(String name, int rank) {
        INDArray array = array(name);
        if (array.rank() != rank || array.isEmpty()) {
            throw new FewShotException(
                    name + " must have " + rank + " dimensions, none of them 0, got " + describe(array));
        }
    }

    private void requireReals(String name, long... shape) {
        INDArray array = array(name);
        require(array, name, DataType.DOUBLE, shape);
        double[] values = Transfer.read(array);
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new FewShotException(name + " must hold finite numbers, got " + values[i] + " at " + i);
            }
        }
    }

    private static void require(INDArray array, String name, DataType type, long... shape) {
        if (array.dataType() != type || !Arrays.equals(array.shape(), shape)) {
            throw new FewShotException(name + " must be " + describe(type, shape)
                    + " to fit the case's other arrays, got " + describe(array));
        }
    }

    private static String describe(INDArray array) {
        return describe(array.dataType(), array.shape());
    }

    private static String describe(DataType type, long... shape) {
        String name = switch (type) {
            case DOUBLE -> "float64";
            case FLOAT -> "float32";
            case LONG -> "int64";
            default -> type.name().toLowerCase(Locale.ROOT);
        };
        return name + " " + Arrays.toString(shape);
    }
}
