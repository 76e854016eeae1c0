package io.sessionkit;

import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * One operation of this request on the content of a session. A commit applies the
 * operations to the store, not the resulting document. If another request has committed
 * before, they are repeated on top of its result.
 */
sealed interface Change {

	/**
	 * Applies the operation to a document, which is either the session's own or one that
	 * was read again.
	 */
	void applyTo(SessionDocument document, SessionJson json);

	/** Sets a value and the class ids beside it; {@code null} if it has none. */
	record Set(String name, JsonSlice value, @Nullable JsonSlice classes) implements Change {

		@Override
		public void applyTo(SessionDocument document, SessionJson json) {
			document.values().put(this.name, this.value);
			document.classes().set(this.name, this.classes);
		}

	}

	record Unset(String name, boolean value, boolean flash) implements Change {

		@Override
		public void applyTo(SessionDocument document, SessionJson json) {
			if (this.value) {
				document.values().remove(this.name);
				document.classes().set(this.name, null);
			}
			if (this.flash) {
				document.flash().remove(this.name);
			}
		}

	}

	record Flash(String name, JsonSlice value) implements Change {

		@Override
		public void applyTo(SessionDocument document, SessionJson json) {
			document.flash().put(this.name, this.value);
		}

	}

	/**
	 * Removes a flash attribute that was read, but not a newer one with the same name.
	 */
	record Taken(String name, JsonSlice value) implements Change {

		@Override
		public void applyTo(SessionDocument document, SessionJson json) {
			JsonSlice present = document.flash().get(this.name);
			if (present != null && present.sameAs(this.value)) {
				document.flash().remove(this.name);
			}
		}

	}

	/**
	 * Reads, changes and sets a value. The initial value is kept as JSON, because the
	 * function may change the object.
	 */
	record Update<T>(String name, ValueType type, JsonSlice initial, UnaryOperator<T> function) implements Change {

		@Override
		public void applyTo(SessionDocument document, SessionJson json) {
			JsonSlice present = document.values().get(this.name);
			T value = (present != null) ? json.readOrNull(present, this.type.type()) : null;
			JsonSlice result = json.write(this.name, apply((value != null) ? value : initialValue(json)), this.type);
			if (result.isNull()) {
				document.values().remove(this.name);
				document.classes().set(this.name, null);
			}
			else {
				document.values().put(this.name, result);
			}
		}

		T apply(T value) {
			T updated = this.function.apply(value);
			if (updated == null) {
				throw new IllegalArgumentException("The function given to update('" + Names.shown(this.name)
						+ "') returned null; return a value, or remove it with unset");
			}
			return updated;
		}

		/** Returns a new copy of the initial value. */
		T initialValue(SessionJson json) {
			T value = json.readOrNull(this.initial, this.type.type());
			if (value == null) {
				throw new SessionSerializationException("The initial value given to update('" + Names.shown(this.name)
						+ "') cannot be read back from its JSON as " + this.type.type().toCanonical());
			}
			return value;
		}

	}

	record Clear() implements Change {

		@Override
		public void applyTo(SessionDocument document, SessionJson json) {
			document.values().clear();
			document.classes().clear();
			document.flash().clear();
			document.attributes().clear();
			document.subject(null);
			document.since(null);
		}

	}

	/** Sets an attribute and the class ids beside it; {@code null} if it has none. */
	record SetAttribute(String name, JsonSlice value, @Nullable JsonSlice classes,
			StoredAttributes.Lasting lasting) implements Change {

		@Override
		public void applyTo(SessionDocument document, SessionJson json) {
			document.attributes().put(this.name, this.value, this.lasting);
			document.attributes().classes().set(this.name, this.classes);
		}

	}

	record RemoveAttribute(String name) implements Change {

		@Override
		public void applyTo(SessionDocument document, SessionJson json) {
			document.attributes().remove(this.name);
		}

	}

	record Subject(@Nullable String subject) implements Change {

		@Override
		public void applyTo(SessionDocument document, SessionJson json) {
			document.subject(this.subject);
			document.since(null);
		}

	}

	/** Records that the session stays valid although others of its user are ended. */
	record Since(Instant since) implements Change {

		@Override
		public void applyTo(SessionDocument document, SessionJson json) {
			document.since(this.since);
		}

	}

	record Life(Duration life) implements Change {

		@Override
		public void applyTo(SessionDocument document, SessionJson json) {
			document.life(this.life);
		}

	}

}
