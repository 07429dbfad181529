package io.paramedic.deploy.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.EvaluationResult;
import io.paramedic.collector.sampling.HostLook;
import io.paramedic.deploy.house.impure.Impure;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Where the world may be touched, and that it is touched nowhere else. */
class PurityTest {
    /** The shells. Whoever adds one says why. */
    private static final DescribedPredicate<JavaClass> SHELL = resideInAnyPackage(
                    // Connections, and commands on hosts.
                    "io.paramedic.collector.access..",
                    // Reads the inventory, looks at hosts and asks guests, and tells the log.
                    "io.paramedic.collector.service..",
                    // Carries events into the core, and its effects out.
                    "io.paramedic.analyzer.service..",
                    // Shows what is on the log to browsers and pipelines.
                    "io.paramedic.analyzer.feed..",
                    // Claims, runs steps on hosts, tells the log.
                    "io.paramedic.actuator.service..",
                    // Kafka's clients.
                    "io.paramedic.schemas.log..",
                    // Creates topics on a broker and verifies them.
                    "io.paramedic.schemas.topics..",
                    // Puts everything together.
                    "io.paramedic.deploy..")
            // Waits between samples and runs the commands; the rest of its package is pure.
            .or(belongToAnyOf(HostLook.class));

    /** One class per thing that is forbidden. */
    static final Class<?>[] IMPURE = Impure.class.getDeclaredClasses();

    private static final JavaClasses JUDGED = new ClassFileImporter()
            .importClasses(Stream.concat(Arrays.stream(IMPURE), Stream.of(Harmless.class))
                    .toList());

    @Test
    void theCoreIsPure() {
        assertThat(House.CLASSES.stream().filter(not(SHELL)).count()).isGreaterThan(20);
        Purity.of(not(SHELL).as("classes outside the shells")).check(House.CLASSES);
    }

    @ParameterizedTest
    @FieldSource("IMPURE")
    void whatTouchesTheWorldIsFound(Class<?> impure) {
        assertThat(judge(impure).hasViolation()).isTrue();
    }

    @Test
    void everyForbiddenThingIsTried() {
        assertThat(Arrays.stream(IMPURE).map(Class::getSimpleName)).hasSizeGreaterThan(20);
    }

    @Test
    void whatOnlyLooksLikeTheWorldIsAllowed() {
        assertThat(judge(Harmless.class).getFailureReport().getDetails()).isEmpty();
    }

    private static EvaluationResult judge(Class<?> type) {
        return Purity.of(equivalentTo(type)).evaluate(JUDGED);
    }

    /** Values and calls whose names are near the forbidden ones. */
    record Harmless(java.net.URI address, java.time.Instant at) {
        static String text() {
            int[] from = {1};
            System.arraycopy(from, 0, new int[1], 0, 1);
            return Math.max(1, 2) + System.lineSeparator() + java.util.UUID.nameUUIDFromBytes(new byte[0]);
        }

        java.time.Instant later() {
            return at.plus(java.time.Duration.ofSeconds(1));
        }
    }
}
