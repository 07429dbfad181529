/**
 * Decides how a record becomes JSON and when bytes are refused. There is one set of rules for all records and no annotation
 * that could make an exception:
 *
 * <ul>
 *   <li>A message is one JSON object in UTF-8. It begins with {@code v}, the version of the contract, and {@code is}, its type.
 *   <li>Fields have the record's order and names, in {@code snake_case}. Types and enum constants are {@code kebab-case}.
 *   <li>A {@code Duration} is a number of milliseconds with up to six decimals, and its field ends in {@code _ms}. An {@code
 *       Instant} is ISO-8601 in UTC. A {@code UUID} is lower-case.
 *   <li>A sealed type says which case it is in {@code is}.
 *   <li>In text, control and format characters and separators of lines are escaped, whether JSON asks for it or not: what is
 *       printed cannot steer a terminal, and means the same.
 *   <li>What is {@code @Nullable} is left out where it is null. Everything else is required, and {@code null} is never written.
 * </ul>
 *
 * <p>Reading is strict where a mistake could change a meaning and lenient where a newer release may have said more. Unknown
 * fields are ignored, so that a newer release can add what an older one can do without. What an older one must not
 * overlook, a new condition on an act for instance, raises {@code v}. An unknown version, type or enum constant, a missing
 * field, a {@code null}, a field that comes twice, a value of another kind and anything after the end are all refused, as a value and
 * never as an exception.
 */
@NullMarked
package io.paramedic.schemas.wire;

import org.jspecify.annotations.NullMarked;
