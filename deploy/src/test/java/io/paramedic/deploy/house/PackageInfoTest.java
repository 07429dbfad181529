package io.paramedic.deploy.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaPackage;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Every package says what it decides, and that its types are not null unless they say so. */
class PackageInfoTest {
    @Test
    void everyPackageIsNullMarked() {
        assertThat(unmarked(House.CLASSES.getPackage("io.paramedic").getSubpackagesInTree()))
                .as("packages without a package-info.java with @NullMarked")
                .isEmpty();
    }

    @Test
    void anUnmarkedPackageIsFound() {
        JavaPackage fixtures = new com.tngtech.archunit.core.importer.ClassFileImporter()
                .importPackages("io.paramedic.deploy.house.impure")
                .getPackage("io.paramedic.deploy.house.impure");
        assertThat(unmarked(Set.of(fixtures))).containsExactly("io.paramedic.deploy.house.impure");
    }

    private static Set<String> unmarked(Set<JavaPackage> packages) {
        return packages.stream()
                .filter(candidate -> !candidate.getClasses().isEmpty())
                .filter(candidate -> !candidate.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .collect(Collectors.toUnmodifiableSet());
    }
}
