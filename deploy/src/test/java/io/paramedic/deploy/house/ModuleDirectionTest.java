package io.paramedic.deploy.house;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The direction of dependencies between the modules. */
class ModuleDirectionTest {
    @Test
    void everyModuleUsesOnlyWhatStandsBelowIt() {
        assertThat(House.CLASSES.size()).isGreaterThan(20);
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("schemas")
                .definedBy("io.paramedic.schemas..")
                .layer("collector")
                .definedBy("io.paramedic.collector..")
                .layer("analyzer")
                .definedBy("io.paramedic.analyzer..")
                .layer("actuator")
                .definedBy("io.paramedic.actuator..")
                .layer("deploy")
                .definedBy("io.paramedic.deploy..")
                .withOptionalLayers(true)
                .whereLayer("deploy")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("actuator")
                .mayOnlyBeAccessedByLayers("deploy")
                .whereLayer("analyzer")
                .mayOnlyBeAccessedByLayers("deploy")
                .whereLayer("collector")
                .mayOnlyBeAccessedByLayers("actuator", "deploy")
                .check(House.CLASSES);
    }
}
