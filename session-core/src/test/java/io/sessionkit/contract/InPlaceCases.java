package io.sessionkit.contract;

import java.util.ArrayList;
import java.util.List;

import io.sessionkit.Session;
import io.sessionkit.SessionKey;
import io.sessionkit.SessionStorage;
import io.sessionkit.cookie.SessionCookie;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Of the {@link StorageContract}: what is changed in place is saved (G13), on every way
 * to a commit.
 */
interface InPlaceCases extends StorageFixture {

	SessionKey<List<String>> ITEMS = SessionKey.listOf("items", String.class);

	private Browser withItems() {
		Browser browser = browser();
		browser.visit((session) -> session.set(ITEMS, new ArrayList<>(List.of("tea"))));
		return browser;
	}

	private static void add(Session session) {
		List<String> items = session.get(ITEMS);
		assertThat(items).isNotNull();
		items.add("cup");
	}

	@Test
	default void aChangeInPlaceAloneIsSaved() {
		Browser browser = withItems();
		browser.visit(InPlaceCases::add);
		assertThat(browser.get("items")).isEqualTo(List.of("tea", "cup"));
	}

	@Test
	default void aChangeInPlaceIsSavedByACommitInAnyCase() {
		SessionStorage storage = storage();
		Browser browser = new Browser(storage);
		browser.visit((session) -> session.set(ITEMS, new ArrayList<>(List.of("tea"))));
		Session session = browser.open();
		add(session);
		browser.receive(storage.commitSession(session));
		assertThat(browser.get("items")).isEqualTo(List.of("tea", "cup"));
	}

	@Test
	default void aChangeInPlaceMovesToTheNewId() {
		Browser browser = withItems();
		browser.visit((session) -> {
			add(session);
			session.regenerateId();
		});
		assertThat(browser.get("items")).isEqualTo(List.of("tea", "cup"));
	}

	@Test
	default void aChangeInPlaceOfWhatWasJustSetIsSavedInANewSession() {
		SessionStorage storage = storage();
		Browser browser = new Browser(storage);
		Session session = browser.open();
		session.set(ITEMS, new ArrayList<>(List.of("tea")));
		add(session);
		browser.receive(storage.commitSession(session));
		assertThat(browser.get("items")).isEqualTo(List.of("tea", "cup"));
	}

	@Test
	default void aChangeInPlaceIsSavedUnderANewSecret() {
		Browser browser = withItems();
		SessionStorage rotated = storage(protect(SessionCookie.builder("__session"), OTHER_SECRET, SECRET),
				(options) -> {
				});
		browser.on(rotated).visit(InPlaceCases::add);
		assertThat(browser.on(rotated).get("items")).isEqualTo(List.of("tea", "cup"));
	}

}
