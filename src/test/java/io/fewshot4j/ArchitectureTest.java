package io.fewshot4j;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import io.fewshot4j.learner.Learner;
import io.fewshot4j.learner.LearnerSpec;
import java.lang.reflect.AccessibleObject;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.NullMarked;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The rules that hold between packages and in all classes. A rule over a package that is still empty holds. */
@AnalyzeClasses(packages = ArchitectureTest.ROOT, importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    static final String ROOT = "io.fewshot4j";

    /** The packages from the ground up: one may import those before it, unless the table below says less. */
    static final List<String> PACKAGES = List.of(
            "options",
            "backend",
            "tensor",
            "cpu",
            "data",
            "episode",
            "graph",
            "cuda",
            "nn",
            "learner",
            "metrics",
            "checkpoint",
            "training",
            "report",
            "catalog",
            "sweep",
            "cli");

    private static final Map<String, List<String>> ONLY = Map.of(
            "backend", List.of(),
            "tensor", List.of(),
            "cpu", List.of(),
            "data", List.of(),
            "episode", List.of("data", "tensor"),
            "graph", List.of("tensor", "cpu"),
            "nn", List.of("options", "tensor", "data", "graph"),
            "metrics", List.of("data", "episode", "learner"),
            "checkpoint", List.of("options", "tensor", "data", "episode", "learner"),
            "report", List.of("options", "data", "episode", "learner", "metrics", "training"));

    @ArchTest
    static final ArchRule a_package_imports_only_those_above_it = packageTable();

    @ArchTest
    static final ArchRule every_class_is_in_a_package_of_the_table = classes()
            .that()
            .resideOutsideOfPackage(ROOT)
            .should()
            .resideInAnyPackage(PACKAGES.stream().map(ArchitectureTest::within).toArray(String[]::new));

    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule the_exception_imports_nothing_and_only_cli_imports_the_front_door = classes()
            .that()
            .resideOutsideOfPackages(ROOT, within("cli"))
            .should(check(
                    "know no more of the root package than FewShotException",
                    type -> type.getDirectDependenciesFromSelf().stream()
                            .map(dependency -> dependency.getTargetClass())
                            .filter(target -> target.getPackageName().equals(ROOT))
                            .filter(target -> !target.getSimpleName().equals("FewShotException"))
                            .map(JavaClass::getName)
                            .toList()));

    @ArchTest
    static final ArchRule nd4j_stays_out_of_the_packages_that_work_on_the_heap = noClasses()
            .that()
            .resideInAnyPackage(within("options"), within("data"), within("metrics"), within("report"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..", "org.bytedeco..");

    @ArchTest
    static final ArchRule only_cli_and_report_print = noClasses()
            .that()
            .resideOutsideOfPackages(within("cli"), within("report"))
            .should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule nothing_uses_java_util_logging = noClasses().should(USE_JAVA_UTIL_LOGGING);

    @ArchTest
    static final ArchRule nothing_breaks_access_by_reflection = noClasses()
            .should()
            .accessTargetWhere(DescribedPredicate.describe(
                    "makes a field, method or constructor accessible",
                    access -> access.getTargetOwner().isAssignableTo(AccessibleObject.class)
                            && access.getTarget().getName().matches("(set|trySet)Accessible")));

    @ArchTest
    static final ArchRule records_hold_no_arrays = noFields()
            .that()
            .areDeclaredInClassesThat()
            .areAssignableTo(Record.class)
            .and()
            .areNotStatic()
            .should()
            .haveRawType(DescribedPredicate.describe("an array", JavaClass::isArray));

    /** Each would wait for the device; {@code Transfer} reads and writes whole arrays. */
    @ArchTest
    static final ArchRule training_reads_and_writes_no_single_numbers = noClasses()
            .that()
            .resideInAnyPackage(within("graph"), within("nn"), within("learner"), within("training"))
            .and()
            .haveSimpleNameNotStartingWith("Reference")
            .and()
            .doNotHaveSimpleName("GradientCheck")
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "of an array and a number",
                    call -> call.getTargetOwner().isAssignableTo(INDArray.class)
                            && call.getTarget()
                                    .getName()
                                    .matches(
                                            "(get|put)(Double|Float|Int|Long|Number|Scalar)|.*Number|to.*Vector|to.*Matrix"
                                                    + "|toString.*|data")));

    @ArchTest
    static final ArchRule packages_are_null_marked = classes()
            .should(check(
                    "be in a package that is @NullMarked, or NullAway passes it by",
                    type -> type.getPackage().isAnnotatedWith(NullMarked.class)
                            ? List.of()
                            : List.of(type.getPackageName())));

    @ArchTest
    static final ArchRule learners_are_final =
            classes().that(areAlgorithms()).should().haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule learners_do_not_import_one_another = classes()
            .that(areOf(areAlgorithms()))
            .should(check("not depend on another algorithm", ArchitectureTest::otherAlgorithms));

    @ArchTest
    static final ArchRule rooms_of_learners_share_heads_alone = slices().matching(ROOT + ".learner.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(resideInAPackage(within("learner")), resideInAPackage(within("learner.head")));

    private static ArchRule packageTable() {
        LayeredArchitecture layers =
                layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
        for (String name : PACKAGES) {
            layers = layers.layer(name).definedBy(within(name));
        }
        for (String name : PACKAGES) {
            List<String> mayImport = ONLY.getOrDefault(name, PACKAGES.subList(0, PACKAGES.indexOf(name)));
            var layer = layers.whereLayer(name);
            layers = mayImport.isEmpty()
                    ? layer.mayNotAccessAnyLayer()
                    : layer.mayOnlyAccessLayers(mayImport.toArray(String[]::new));
        }
        return layers;
    }

    private static String within(String name) {
        return ROOT + "." + name + "..";
    }

    /** Entries of the catalog and the learners that they make: kinds of both stand beside one another. */
    private static DescribedPredicate<JavaClass> areAlgorithms() {
        return DescribedPredicate.describe(
                "are algorithms",
                type -> (type.isAssignableTo(LearnerSpec.class) || type.isAssignableTo(Learner.class))
                        && !type.isInterface());
    }

    private static DescribedPredicate<JavaClass> areOf(DescribedPredicate<JavaClass> outer) {
        return DescribedPredicate.describe("or are nested in what would be", type -> outer.test(outermost(type)));
    }

    /** Others of its own kind: an entry may import the learner that it makes, and that the entry's settings. */
    private static List<String> otherAlgorithms(JavaClass type) {
        JavaClass own = outermost(type);
        Class<?> kind = own.isAssignableTo(LearnerSpec.class) ? LearnerSpec.class : Learner.class;
        return type.getDirectDependenciesFromSelf().stream()
                .map(dependency -> outermost(dependency.getTargetClass()))
                .filter(target -> areAlgorithms().test(target) && target.isAssignableTo(kind) && !target.equals(own))
                .map(JavaClass::getName)
                .distinct()
                .toList();
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }

    /** A condition that holds for a class with no faults. */
    private static ArchCondition<JavaClass> check(String description, Function<JavaClass, List<String>> faults) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (String fault : faults.apply(type)) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + ": " + fault));
                }
            }
        };
    }
}
