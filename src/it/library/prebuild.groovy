// Draws images of stripes: each class has an angle of its own, each image a phase.
import java.awt.image.BufferedImage
import javax.imageio.ImageIO

def draw = { File file, int kind, double phase ->
    def picture = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY)
    def angle = Math.PI * kind / 40
    for (int y = 0; y < 16; y++) {
        for (int x = 0; x < 16; x++) {
            def grey = (int) (127 + 120 * Math.sin(x * Math.cos(angle) + y * Math.sin(angle) + phase))
            picture.setRGB(x, y, (grey << 16) | (grey << 8) | grey)
        }
    }
    file.parentFile.mkdirs()
    ImageIO.write(picture, 'png', file)
}
for (int kind = 0; kind < 40; kind++) {
    for (int i = 0; i < 6; i++) {
        draw(new File(basedir, "images/class${kind}/${i}.png"), kind, 0.5d * i)
    }
}
for (int kind = 0; kind < 3; kind++) {
    draw(new File(basedir, "examples/class${13 * kind}/a.png"), 13 * kind, 0.1d)
    draw(new File(basedir, "examples/class${13 * kind}/b.png"), 13 * kind, 1.7d)
}
draw(new File(basedir, 'new.png'), 13, 0.9d)
