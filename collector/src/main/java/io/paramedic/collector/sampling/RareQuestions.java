package io.paramedic.collector.sampling;

import io.paramedic.collector.dialect.XeVm;
import io.paramedic.collector.sampling.Background.Question;
import io.paramedic.schemas.observation.HostObservation.Unread;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks what changes rarely or matters little, each question when it is due. */
final class RareQuestions {
    /** Migration gives both halves of a VM handles that agree in so many characters (toolstack facts §5.5). */
    private static final int TWIN_PREFIX = 24;

    private final Asking asking;
    private final Background background;
    private final SamplerSettings settings;

    RareQuestions(Asking asking, Background background, SamplerSettings settings) {
        this.asking = asking;
        this.background = background;
        this.settings = settings;
    }

    /** @param odd whether something is, so that what a toolstack is about to do matters */
    void ask(Gathering gathering, Tools tools, Duration now, boolean odd) throws InterruptedException {
        if (tools.has("xl") && background.due(Question.INFO, now, settings.rest(), false)) {
            askInfo(tools, now);
        }
        if (tools.has("xen-diag") && background.due(Question.GRANTS, now, settings.rest(), false)) {
            askGrants(gathering, tools, now);
        }
        if (tools.has("xe")) {
            askXapi(gathering, tools, now, odd);
        }
    }

    private void askInfo(Tools tools, Duration now) throws InterruptedException {
        Gathering own = new Gathering("", tools);
        ToolAnswer answer = asking.run(tools.xenInfo());
        own.info(answer);
        background.info = own.gathered().info();
        background.asked(Question.INFO, now, answer.took(), own.gathered().unread());
    }

    private void askGrants(Gathering gathering, Tools tools, Duration now) throws InterruptedException {
        List<Integer> domids = gathering.livingDomids().stream()
                .limit(Gathering.MOST_GRANT_QUERIES)
                .toList();
        if (domids.isEmpty()) {
            return;
        }
        int before = gathering.gathered().unread().size();
        ToolAnswer answer = asking.run(tools.grants(domids));
        gathering.grants(answer);
        Gathered after = gathering.gathered();
        background.grants = after.grants();
        background.asked(
                Question.GRANTS,
                now,
                answer.took(),
                after.unread().subList(before, after.unread().size()));
    }

    private void askXapi(Gathering gathering, Tools tools, Duration now, boolean odd) throws InterruptedException {
        if (background.hostUuid == null && background.due(Question.INVENTORY, now, settings.rest(), false)) {
            Gathering own = new Gathering("", tools);
            ToolAnswer answer = asking.run(tools.inventory());
            own.inventory(answer);
            background.hostUuid = own.gathered().hostUuid();
            background.asked(
                    Question.INVENTORY, now, answer.took(), own.gathered().unread());
        }
        UUID self = background.hostUuid;
        if (self != null && background.due(Question.ENABLED, now, settings.records(), odd)) {
            ToolAnswer answer = asking.run(tools.hostEnabled(self));
            background.enabled = enabled(answer);
            background.asked(
                    Question.ENABLED, now, answer.took(), background.enabled == null ? notTold(answer) : List.of());
        }
        if (background.due(Question.RECORDS, now, settings.records(), odd)) {
            Gathering own = new Gathering("", tools);
            ToolAnswer uuids = asking.run(tools.xapiUuids());
            ToolAnswer answer = asking.run(tools.xapiRecords(Gathering.XE_FIELDS));
            own.records(uuids, answer);
            background.records = concerned(
                    own.gathered().records(), gathering.gathered().samples().getLast());
            background.asked(
                    Question.RECORDS,
                    now,
                    uuids.took().plus(answer.took()),
                    own.gathered().unread());
        }
    }

    /** Exactly one of two words; anything else is not known. */
    static @Nullable Boolean enabled(ToolAnswer answer) {
        if (!(answer instanceof ToolAnswer.Said said) || said.exitStatus() != 0) {
            return null;
        }
        return switch (said.stdout()) {
            case "true\n" -> Boolean.TRUE;
            case "false\n" -> Boolean.FALSE;
            default -> null;
        };
    }

    private static List<Unread> notTold(ToolAnswer answer) {
        String what = "whether the host is enabled";
        return List.of(
                answer.complaint(what).orElse(new Unread(what, "xe host-list printed neither true nor false", null)));
    }

    /** Of a pool's records those of VMs that are here, whole or as one half of a migration. */
    private static Map<UUID, XeVm> concerned(Map<UUID, XeVm> records, Sample sample) {
        Set<String> here =
                sample.domains().stream().map(domain -> prefix(domain.handle())).collect(Collectors.toSet());
        Map<UUID, XeVm> concerned = new HashMap<>();
        records.forEach((uuid, vm) -> {
            if (here.contains(prefix(uuid))) {
                concerned.put(uuid, vm);
            }
        });
        return Map.copyOf(concerned);
    }

    private static String prefix(UUID handle) {
        return handle.toString().substring(0, TWIN_PREFIX);
    }
}
