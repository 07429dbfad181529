package io.paramedic.deploy.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a document in Markdown names, found by simple rules: text between back quotes, lines of code blocks, and links. A name with
 * a placeholder in it ({@code <…>}, {@code *}, {@code $}, {@code …}) is an example and is not looked up.
 */
record Document(Path file, String text) {
    private static final Pattern QUOTED = Pattern.compile("(?<!`)`([^`\n]+)`(?!`)");
    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)");
    private static final Pattern COMMAND = Pattern.compile("(?m)(?:^|[$;&|(]\\s*)\\./paramedic ([a-z][a-z-]*)");
    private static final Pattern PROFILE = Pattern.compile("\\bmvn [^\n`]*-P([a-z]+)");
    private static final Pattern FILE = Pattern.compile("\\.?[A-Za-z][\\w.-]*(/[\\w.-]+)*/?");
    private static final Pattern QUALIFIED_NAME = Pattern.compile("io\\.paramedic(\\.[a-z]+)*(\\.[A-Z]\\w+)?");
    private static final Pattern CLASS = Pattern.compile("([A-Z][a-z0-9]+){2,}");

    static Document read(Path file) throws IOException {
        return new Document(file, Files.readString(file));
    }

    /** What of the project this document names and the project does not have, each as a sentence. */
    List<String> wrongNames(Project project) {
        List<String> wrong = new ArrayList<>();
        keep(wrong, "no command", all(COMMAND, quotedAndCode()), project.commands()::contains);
        keep(wrong, "no profile", all(PROFILE, quotedAndCode()), project.profiles()::contains);
        keep(wrong, "no file behind the link", links(), link -> exists(project, link));
        keep(wrong, "no file", quoted(FILE).filter(project::claims), path -> exists(project, path));
        keep(wrong, "no class or package", quoted(QUALIFIED_NAME), project::hasQualified);
        keep(wrong, "no class", quoted(CLASS), project::hasClass);
        return wrong;
    }

    private void keep(List<String> wrong, String problem, Stream<String> names, Predicate<String> isRight) {
        names.filter(name -> !isRight.test(name))
                .distinct()
                .map(name -> file.getFileName() + ": " + problem + ": " + name)
                .forEach(wrong::add);
    }

    private Stream<String> quoted(Pattern form) {
        return all(QUOTED, prose()).filter(name -> form.matcher(name).matches());
    }

    private Stream<String> links() {
        return all(LINK, prose()).filter(link -> !link.contains(":"));
    }

    private String prose() {
        return CODE_BLOCK.matcher(text).replaceAll("");
    }

    private String quotedAndCode() {
        Stream<String> blocks = CODE_BLOCK.matcher(text).results().map(MatchResult::group);
        return String.join("\n", Stream.concat(all(QUOTED, prose()), blocks).toList());
    }

    private boolean exists(Project project, String path) {
        Path folder = file.toAbsolutePath().getParent();
        return project.has(path) || (folder != null && Files.exists(folder.resolve(path)));
    }

    private static Stream<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1));
    }

    /**
     * What the project has.
     *
     * @param root its folder
     * @param sources its Java files, relative to the root
     * @param foreign names that look like classes of ours and are not
     */
    record Project(Path root, List<Path> sources, Set<String> commands, Set<String> profiles, Set<String> foreign) {
        /** Whether a path is meant as one of ours: its first part is, or its ending is that of a document or source. */
        boolean claims(String path) {
            String first = path.contains("/") ? path.substring(0, path.indexOf('/')) : path;
            boolean ours = path.contains("/") && Files.exists(root.resolve(first));
            return (ours && !isGenerated(path)) || path.matches(".*\\.(md|java|xml)");
        }

        boolean has(String path) {
            return Files.exists(root.resolve(path))
                    || sources.stream().anyMatch(source -> source.endsWith(path) && !path.isEmpty());
        }

        boolean hasClass(String simpleName) {
            return foreign.contains(simpleName) || has(simpleName + ".java");
        }

        boolean hasQualified(String name) {
            String path = name.replace('.', '/');
            return sources.stream().anyMatch(source -> {
                String unified = source.toString().replace('\\', '/');
                return unified.contains("/java/" + path + "/") || unified.endsWith("/java/" + path + ".java");
            });
        }

        private static boolean isGenerated(String path) {
            return path.startsWith("target/") || path.contains("/target/") || path.endsWith("/target");
        }
    }
}
