package io.sessionkit;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How a conditional write ended: {@link #UPDATED}, {@link #GONE}, or a conflict, which
 * may bring along the record that is there.
 */
public final class UpdateOutcome {

	/** The record is now the given one. */
	public static final UpdateOutcome UPDATED = new UpdateOutcome("UPDATED", null);

	/** There is no record under this key, or it has expired; nothing was written. */
	public static final UpdateOutcome GONE = new UpdateOutcome("GONE", null);

	/**
	 * Another version is stored, or the strategy cannot tell; nothing was written. The
	 * storage reads again and tries once more.
	 */
	public static final UpdateOutcome CONFLICT = new UpdateOutcome("CONFLICT", null);

	private final String name;

	private final @Nullable SessionRecord present;

	private UpdateOutcome(String name, @Nullable SessionRecord present) {
		this.name = name;
		this.present = present;
	}

	/**
	 * Another version is stored; nothing was written. This one saves the storage the read
	 * that a plain {@link #CONFLICT} costs.
	 * @param present the record that is there now, as {@code readData} would return it
	 */
	public static UpdateOutcome conflict(SessionRecord present) {
		return new UpdateOutcome("CONFLICT", Objects.requireNonNull(present, "present"));
	}

	/** Whether the record is now the given one. */
	public boolean isUpdated() {
		return equals(UPDATED);
	}

	/** Whether there is no record, or it has expired. */
	public boolean isGone() {
		return equals(GONE);
	}

	/** Whether another version is stored, or the strategy cannot tell. */
	public boolean isConflict() {
		return equals(CONFLICT);
	}

	/**
	 * The record in the way; {@code null} without a conflict, or where it was not read.
	 */
	public @Nullable SessionRecord present() {
		return this.present;
	}

	/** By the kind of outcome, whatever it brings along. */
	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof UpdateOutcome outcome && this.name.equals(outcome.name);
	}

	@Override
	public int hashCode() {
		return this.name.hashCode();
	}

	/** The kind of outcome, never the record. */
	@Override
	public String toString() {
		return this.name;
	}

}
