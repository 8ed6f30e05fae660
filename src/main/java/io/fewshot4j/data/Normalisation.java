package io.fewshot4j.data;

import io.fewshot4j.FewShotException;

/** Scaling of a pixel's byte before a network sees it: divided by 255, less a mean, divided by a deviation. */
public enum Normalisation {
    /** Divided by 255 and no more: MAML, Reptile, prototypical networks. */
    UNIT,
    /** ImageNet's mean and deviation of each colour: MAML++ and many PyTorch codes. */
    IMAGENET,
    /** 0.92206 and 0.08426 for every channel, of Omniglot: relation networks, on Mini-ImageNet's colours too. */
    RELATION_NET;

    private float mean(int channel) {
        return switch (this) {
            case UNIT -> 0;
            case IMAGENET -> ofColour(channel, 0.485f, 0.456f, 0.406f);
            case RELATION_NET -> 0.92206f;
        };
    }

    private float deviation(int channel) {
        return switch (this) {
            case UNIT -> 1;
            case IMAGENET -> ofColour(channel, 0.229f, 0.224f, 0.225f);
            case RELATION_NET -> 0.08426f;
        };
    }

    private static float ofColour(int channel, float red, float green, float blue) {
        return channel == 0 ? red : channel == 1 ? green : blue;
    }

    /** Refuses images that it is not for. */
    public void requireFits(ImageShape shape) {
        if (this == IMAGENET && shape.channels() == 1) {
            throw new FewShotException(
                    "normalisation imagenet needs images of 3 channels, got 1; choose normalisation=unit");
        }
    }

    /** Writes the values of images' bytes, channel last, to {@code target} from {@code offset}. */
    public void copy(ImageShape shape, byte[] images, float[] target, int offset) {
        int channels = shape.channels();
        for (int channel = 0; channel < channels; channel++) {
            float mean = mean(channel);
            float deviation = deviation(channel);
            for (int i = channel; i < images.length; i += channels) {
                target[offset + i] = ((images[i] & 0xff) / 255f - mean) / deviation;
            }
        }
    }

    /** Turns a value back into one from 0 to 1. */
    public float toUnit(float value, int channel) {
        return value * deviation(channel) + mean(channel);
    }
}
