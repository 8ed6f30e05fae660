package io.fewshot4j.data;

import io.fewshot4j.FewShotException;
import java.util.List;

/** What becomes of a pixel's byte before a network sees it: divided by 255, less a mean, divided by a deviation. */
public enum Normalisation {
    /** Divided by 255 and no more: MAML, Reptile, prototypical networks. */
    UNIT(List.of(0f), List.of(1f)),
    /** ImageNet's mean and deviation of each colour: MAML++ and many PyTorch codes. */
    IMAGENET(List.of(0.485f, 0.456f, 0.406f), List.of(0.229f, 0.224f, 0.225f)),
    /** 0.92206 and 0.08426 for every channel, of Omniglot: relation networks, on Mini-ImageNet's colours too. */
    RELATION_NET(List.of(0.92206f), List.of(0.08426f));

    private final List<Float> means;
    private final List<Float> deviations;

    Normalisation(List<Float> means, List<Float> deviations) {
        this.means = means;
        this.deviations = deviations;
    }

    /** Refuses images that it is not for. */
    public void requireFits(ImageShape shape) {
        if (means.size() > shape.channels()) {
            throw new FewShotException(
                    "normalisation imagenet needs images of 3 channels, got 1; choose normalisation=unit");
        }
    }

    /** Writes the values of images' bytes, channel last, to {@code target} from {@code offset}. */
    public void copy(ImageShape shape, byte[] images, float[] target, int offset) {
        int channels = shape.channels();
        for (int channel = 0; channel < channels; channel++) {
            float mean = means.get(channel % means.size());
            float deviation = deviations.get(channel % means.size());
            for (int i = channel; i < images.length; i += channels) {
                target[offset + i] = ((images[i] & 0xff) / 255f - mean) / deviation;
            }
        }
    }

    /** From a value back to 0 to 1. */
    public float toUnit(float value, int channel) {
        int entry = channel % means.size();
        return value * deviations.get(entry) + means.get(entry);
    }
}
