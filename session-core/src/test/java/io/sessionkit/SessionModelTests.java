package io.sessionkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.sessionkit.contract.Browser;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;

/** Any sequence of operations and requests has the result that two maps have. */
class SessionModelTests {

	private static final List<String> NAMES = List.of("a", "b", "c");

	enum Verb {

		SET, SET_NULL, UNSET, UNSET_VALUE, UNSET_FLASH, FLASH, GET, GET_VALUE, GET_FLASH, GET_LIST, ADD_TO_LIST, UPDATE,
		CLEAR, DISCARD, REGENERATE, NEXT_REQUEST, DESTROY

	}

	record Operation(Verb verb, String name, long value) {
	}

	@Property(tries = 400)
	void recordsBehaveLikeTwoMaps(@ForAll("operations") List<Operation> operations) {
		new Run(Storages.records()).all(operations);
	}

	@Property(tries = 400)
	void cookiesBehaveLikeTwoMaps(@ForAll("operations") List<Operation> operations) {
		new Run(SessionStorage.inCookie(Storages.ENCRYPTED)).all(operations);
	}

	@Provide
	Arbitrary<List<Operation>> operations() {
		return Combinators.combine(Arbitraries.of(Verb.class), Arbitraries.of(NAMES), Arbitraries.longs().between(0, 9))
			.as(Operation::new)
			.list()
			.ofMinSize(1)
			.ofMaxSize(40);
	}

	/** A session and its model, side by side. */
	private static final class Run {

		private final Browser browser;

		private Session session;

		private Map<String, Object> values = new HashMap<>();

		private Map<String, Object> flash = new HashMap<>();

		private Map<String, Object> valuesBefore = new HashMap<>();

		private Map<String, Object> flashBefore = new HashMap<>();

		Run(SessionStorage storage) {
			this.browser = new Browser(storage);
			this.session = this.browser.open();
		}

		void all(List<Operation> operations) {
			for (Operation operation : operations) {
				run(operation);
				Map<String, Object> expected = new HashMap<>(this.flash);
				expected.putAll(this.values);
				assertThat(this.session.data()).isEqualTo(expected);
				assertThat(this.session.keys()).isEqualTo(this.values.keySet());
				assertThat(this.session.flashKeys()).isEqualTo(this.flash.keySet());
				for (String name : NAMES) {
					assertThat(this.session.has(name)).isEqualTo(expected.containsKey(name));
				}
			}
		}

		private void run(Operation operation) {
			String name = operation.name();
			long value = operation.value();
			SessionKey<Long> key = SessionKey.of(name, Long.class);
			SessionKey<List<Long>> list = SessionKey.listOf(name, Long.class);
			FlashKey<Object> flashKey = FlashKey.of(name, Object.class);
			switch (operation.verb()) {
				case SET -> {
					this.session.set(name, value);
					this.values.put(name, value);
				}
				case SET_NULL, UNSET -> {
					this.session.unset(name);
					this.values.remove(name);
					this.flash.remove(name);
				}
				case UNSET_VALUE -> {
					this.session.unset(key);
					this.values.remove(name);
				}
				case UNSET_FLASH -> {
					this.session.unset(flashKey);
					this.flash.remove(name);
				}
				case FLASH -> {
					this.session.flash(name, value);
					this.flash.put(name, value);
				}
				case GET -> assertThat(this.session.get(name))
					.isEqualTo(this.values.containsKey(name) ? this.values.get(name) : this.flash.remove(name));
				case GET_VALUE -> assertThat(this.session.get(key))
					.isEqualTo((this.values.get(name) instanceof Long number) ? number : null);
				case GET_FLASH -> assertThat(this.flash.remove(name))
					.isEqualTo((this.session.get(flashKey) instanceof Number number) ? number.longValue() : null);
				case GET_LIST -> this.session.get(list);
				case ADD_TO_LIST -> add(name, list, value);
				case UPDATE -> {
					long before = (this.values.get(name) instanceof Long number) ? number : 100;
					assertThat(this.session.update(key, 100L, (present) -> present + value)).isEqualTo(before + value);
					this.values.put(name, before + value);
				}
				case CLEAR -> {
					this.session.clear();
					this.values.clear();
					this.flash.clear();
				}
				case DISCARD -> {
					this.session.discardChanges();
					this.values = new HashMap<>(this.valuesBefore);
					this.flash = new HashMap<>(this.flashBefore);
				}
				case REGENERATE -> this.session.regenerateId();
				case NEXT_REQUEST -> next();
				case DESTROY -> {
					this.session.destroy();
					this.values.clear();
					this.flash.clear();
					next();
				}
			}
		}

		@SuppressWarnings("unchecked")
		private void add(String name, SessionKey<List<Long>> key, long value) {
			if (!(this.values.get(name) instanceof List)) {
				this.session.set(key, new ArrayList<>());
				this.values.put(name, List.of());
			}
			this.session.get(key).add(value);
			List<Object> longer = new ArrayList<>((List<Object>) this.values.get(name));
			longer.add(value);
			this.values.put(name, longer);
		}

		private void next() {
			this.browser.close(this.session);
			this.session = this.browser.open();
			this.valuesBefore = new LinkedHashMap<>(this.values);
			this.flashBefore = new LinkedHashMap<>(this.flash);
		}

	}

}
