package io.paramedic.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.deploy.simulation.model.Dialect;
import io.paramedic.deploy.simulation.model.GuestType;
import java.util.Arrays;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever the seed, the same things happen, to others and at other times. */
class StoryTest {
    @Property(tries = 300)
    void everyFaultAndEveryTrapIsThereOnceAndNoHostHasSoManyThatTheyWereOneCause(@ForAll long seed) {
        Story story = Story.of(seed);

        assertThat(story.hosts()).hasSize(5);
        assertThat(story.guests()).hasSize(3 * 10 + 2 * 6);
        assertThat(story.guests()).extracting(Story.Guest::vm).doesNotHaveDuplicates();
        assertThat(story.sick()).extracting(Story.Guest::fault).containsExactlyInAnyOrder(Fault.values());
        assertThat(story.guests().stream().map(Story.Guest::trap).filter(trap -> trap != null))
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(Trap.values()));
        assertThat(story.guests()).noneMatch(guest -> guest.fault() != null && guest.trap() != null);
        assertThat(story.sick().stream().collect(Collectors.groupingBy(Story.Guest::host, Collectors.counting())))
                .allSatisfy((_, count) -> assertThat(count).isLessThanOrEqualTo(2));
    }

    @Property(tries = 300)
    void eachBefallsAGuestThatItCanBefall(@ForAll long seed) {
        Story story = Story.of(seed);
        for (Story.Guest guest : story.guests()) {
            Dialect dialect = story.hosts().stream()
                    .filter(host -> host.name().equals(guest.host()))
                    .findFirst()
                    .orElseThrow()
                    .dialect();
            if (guest.fault() == Fault.DEVICE_MODEL_DEAD || guest.trap() == Trap.IDLE || guest.trap() == Trap.BOOTING) {
                assertThat(guest.type()).isEqualTo(GuestType.HVM);
            }
            if (guest.fault() == Fault.STUCK_SHUTDOWN) {
                assertThat(dialect).isEqualTo(Dialect.XL);
            }
        }
    }

    @Property(tries = 20)
    void theSameSeedTellsTheSameStory(@ForAll long seed) {
        assertThat(Story.of(seed)).isEqualTo(Story.of(seed)).isNotEqualTo(Story.of(seed + 1));
    }
}
