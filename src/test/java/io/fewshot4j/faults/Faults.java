package io.fewshot4j.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Faults by the names of {@link Rota}. */
record Faults(Map<String, Fault> kinds) {
    Faults {
        kinds = Map.copyOf(kinds);
    }

    /** Faults whose commands run in one process. */
    static Faults ofFiles(Base base, Program program) {
        return new Faults(Map.of(
                Rota.RUN_FOLDER, new RunFolderFault(base, program),
                Rota.CACHE, new CacheFault(base, program),
                Rota.TABLE, new TableFault(base, program),
                Rota.FORGED, new ForgedFault(base, program),
                Rota.IMAGES, new ImageFault(base, program),
                Rota.ARCHIVES, new ArchiveFault(base, program),
                Rota.LISTS, new ListFault(base, program),
                Rota.PICKLES, new PickleFault(base, program),
                Rota.PRESETS, new PresetFault(program)));
    }

    /** Faults that need processes of their own. */
    static Faults ofProcesses(Base base, Launcher launcher, DownloadServer server, Path folder)
            throws InterruptedException {
        Undisturbed undisturbed = new Undisturbed(launcher, folder);
        return new Faults(Map.of(
                Rota.KILLS, new KillFault(Works.of(base, server), launcher, undisturbed),
                Rota.RACES, new RaceFault(base, launcher, server, undisturbed, folder),
                Rota.FULL_DISKS, new FullDiskFault(base, launcher, undisturbed)));
    }

    /** Makes a try in a folder of its own, which is kept where something bad came of it. */
    Verdict attempt(Rota.Try one, Path folder) throws IOException, InterruptedException {
        Path place = folder.resolve("try-" + one.number());
        Trees.delete(place);
        Verdict verdict = kinds.get(one.kind()).attempt(one.random(), Files.createDirectories(place));
        if (!verdict.finding().isBad()) {
            Trees.delete(place);
        }
        return verdict;
    }
}
