package io.fewshot4j;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Java files as their compiler parses them. */
final class ParsedSources {
    /** A method with a body, and the lines from its first annotation to its closing brace. */
    record Method(String place, int lines) {}

    /** A javadoc's first sentence. */
    record Summary(String place, String text) {}

    private final List<Method> methods = new ArrayList<>();
    private final List<Summary> summaries = new ArrayList<>();

    private ParsedSources() {}

    static ParsedSources of(List<Path> files) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        ParsedSources parsed = new ParsedSources();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            DocTrees trees = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                parsed.new Scan(trees, unit).scan(unit, null);
            }
            return parsed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Method> methods() {
        return methods;
    }

    List<Summary> summaries() {
        return summaries;
    }

    private final class Scan extends TreePathScanner<Void, Void> {
        private final DocTrees trees;
        private final CompilationUnitTree unit;

        Scan(DocTrees trees, CompilationUnitTree unit) {
            this.trees = trees;
            this.unit = unit;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            SourcePositions positions = trees.getSourcePositions();
            boolean written = positions.getEndPosition(unit, method) >= 0; // a record's own accessors are not
            if (method.getBody() != null && written) {
                long last = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, method));
                methods.add(new Method(place(method), (int) (last - line(method) + 1)));
            }
            note();
            return super.visitMethod(method, null);
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            note();
            return super.visitClass(type, null);
        }

        @Override
        public Void visitVariable(VariableTree variable, Void nothing) {
            note();
            return super.visitVariable(variable, null);
        }

        @Override
        public Void visitPackage(PackageTree name, Void nothing) {
            note();
            return super.visitPackage(name, null);
        }

        private void note() {
            TreePath path = getCurrentPath();
            DocCommentTree comment = trees.getDocCommentTree(path);
            if (comment != null) {
                String text = StreamSupport.stream(comment.getFirstSentence().spliterator(), false)
                        .map(Object::toString)
                        .collect(Collectors.joining());
                summaries.add(new Summary(place(path.getLeaf()), text));
            }
        }

        private long line(Tree tree) {
            return unit.getLineMap().getLineNumber(trees.getSourcePositions().getStartPosition(unit, tree));
        }

        private String place(Tree tree) {
            return unit.getSourceFile().getName() + ":" + line(tree);
        }
    }
}
