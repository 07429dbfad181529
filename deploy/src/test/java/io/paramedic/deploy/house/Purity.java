package io.paramedic.deploy.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What a pure class may not touch, as rules. */
final class Purity {
    /** Types that stand for the world: whoever holds one can ask it something. */
    private static final List<String> WORLD = List.of(
            "java.io.File",
            "java.io.RandomAccessFile",
            "java.io.PrintStream",
            "java.io.Console",
            "java.nio.file.",
            "java.nio.channels.",
            "java.net.",
            "java.util.concurrent.",
            "java.util.Timer",
            "java.util.Random",
            "java.util.random.",
            "java.util.logging.",
            "java.security.SecureRandom",
            "java.time.Clock",
            "java.time.InstantSource",
            "java.lang.Thread",
            "java.lang.Process",
            "java.lang.Runtime",
            "org.apache.kafka.",
            "kafka.",
            "io.vertx.",
            "org.apache.sshd.",
            "org.bouncycastle.",
            "org.slf4j.",
            "ch.qos.logback.");

    /** Types with such a name that only hold a value. */
    private static final Set<String> HARMLESS = Set.of(
            "java.lang.RuntimeException",
            "java.net.URI",
            "java.net.URISyntaxException",
            "java.net.URLEncoder",
            "java.net.URLDecoder");

    /** The rest of {@link System} tells the time, the environment or the outside. */
    private static final Set<String> HARMLESS_OF_SYSTEM = Set.of("arraycopy", "identityHashCode", "lineSeparator");

    private Purity() {}

    /** That none of these classes looks at anything but its arguments. */
    static ArchRule of(DescribedPredicate<JavaClass> pure) {
        return CompositeArchRule.of(noClasses()
                        .that(pure)
                        .should()
                        .dependOnClassesThat(describe("stand for the world", Purity::isWorld)))
                .and(noClasses()
                        .that(pure)
                        .should()
                        .accessTargetWhere(describe("time or chance is asked for", Purity::asksTheWorld)))
                .as("pure classes are functions of their arguments")
                .because("a decision must be testable without a thread, and replayable from the log");
    }

    private static boolean isWorld(JavaClass type) {
        String name = type.getBaseComponentType().getName();
        return !HARMLESS.contains(name) && WORLD.stream().anyMatch(name::startsWith);
    }

    private static boolean asksTheWorld(JavaAccess<?> access) {
        String member = access.getName();
        JavaClass owner = access.getTargetOwner();
        return (owner.isEquivalentTo(System.class) && !HARMLESS_OF_SYSTEM.contains(member))
                || (owner.getPackageName().startsWith("java.time") && member.equals("now"))
                || (owner.isEquivalentTo(Math.class) && member.equals("random"))
                || (owner.isEquivalentTo(UUID.class) && member.equals("randomUUID"));
    }
}
