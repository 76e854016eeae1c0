package io.sessionkit;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of a conditional write: {@link #UPDATED}, {@link #GONE}, or a conflict,
 * which may include the record that is stored.
 */
public final class UpdateOutcome {

	/** The given record is stored now. */
	public static final UpdateOutcome UPDATED = new UpdateOutcome("UPDATED", null);

	/** There is no record under this key, or it has expired. Nothing was written. */
	public static final UpdateOutcome GONE = new UpdateOutcome("GONE", null);

	/**
	 * Another version is stored, or the strategy cannot tell. Nothing was written. The
	 * storage reads the record and tries again.
	 */
	public static final UpdateOutcome CONFLICT = new UpdateOutcome("CONFLICT", null);

	private final String name;

	private final @Nullable SessionRecord present;

	private UpdateOutcome(String name, @Nullable SessionRecord present) {
		this.name = name;
		this.present = present;
	}

	/**
	 * Returns a conflict: another version is stored, and nothing was written. Compared to
	 * {@link #CONFLICT}, this saves the storage a read.
	 * @param present the record that is stored now, as {@code readData} would return it
	 * @return the outcome
	 */
	public static UpdateOutcome conflict(SessionRecord present) {
		return new UpdateOutcome("CONFLICT", Objects.requireNonNull(present, "present"));
	}

	/**
	 * {@return whether the given record is stored now}
	 */
	public boolean isUpdated() {
		return equals(UPDATED);
	}

	/**
	 * {@return whether there is no record, or it has expired}
	 */
	public boolean isGone() {
		return equals(GONE);
	}

	/**
	 * {@return whether another version is stored, or the strategy cannot tell}
	 */
	public boolean isConflict() {
		return equals(CONFLICT);
	}

	/**
	 * Returns the record that caused the conflict.
	 * @return the stored record, or {@code null} if there is no conflict or the record
	 * was not read
	 */
	public @Nullable SessionRecord present() {
		return this.present;
	}

	/** Compares the kind of outcome, but not the record. */
	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof UpdateOutcome outcome && this.name.equals(outcome.name);
	}

	@Override
	public int hashCode() {
		return this.name.hashCode();
	}

	/** Returns the kind of outcome, never the record. */
	@Override
	public String toString() {
		return this.name;
	}

}
