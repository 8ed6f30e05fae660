package io.fewshot4j.data;

import java.util.List;
import java.util.stream.IntStream;

/** The classes of several data sets of one shape, one after another. */
public final class JoinedClasses implements Fingerprint.Digested {
    private final ImageShape shape;
    private final List<Member> classes;

    private record Member(ImageDataset data, int classIndex) {}

    public JoinedClasses(ImageShape shape, List<ImageDataset> parts) {
        this.shape = shape;
        this.classes = parts.stream()
                .flatMap(part -> IntStream.range(0, part.classCount()).mapToObj(c -> new Member(part, c)))
                .toList();
    }

    @Override
    public ImageShape shape() {
        return shape;
    }

    @Override
    public int classCount() {
        return classes.size();
    }

    @Override
    public String className(int classIndex) {
        Member member = classes.get(classIndex);
        return member.data().className(member.classIndex());
    }

    @Override
    public int imageCount(int classIndex) {
        Member member = classes.get(classIndex);
        return member.data().imageCount(member.classIndex());
    }

    @Override
    public String imageName(int classIndex, int image) {
        Member member = classes.get(classIndex);
        return member.data().imageName(member.classIndex(), image);
    }

    @Override
    public void read(int classIndex, int image, byte[] target, int offset) {
        Member member = classes.get(classIndex);
        member.data().read(member.classIndex(), image, target, offset);
    }

    @Override
    public String classDigest(int classIndex) {
        Member member = classes.get(classIndex);
        return Fingerprint.ofClass(member.data(), member.classIndex());
    }
}
