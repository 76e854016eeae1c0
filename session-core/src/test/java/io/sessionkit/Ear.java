package io.sessionkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.sessionkit.cookie.CookieRejection;

import static org.assertj.core.api.Assertions.assertThat;

/** Writes down what it hears. */
final class Ear implements SessionStorageListener {

	private final List<String> heard = new ArrayList<>();

	private final List<SessionIdentity> told = new ArrayList<>();

	private String former = "";

	private List<String> keyIds = List.of();

	private String openedBy = "";

	List<String> keyIds() {
		return this.keyIds;
	}

	String openedBy() {
		return this.openedBy;
	}

	/** Of which sessions it was told, in order, and forgets them. */
	List<SessionIdentity> told() {
		List<SessionIdentity> told = List.copyOf(this.told);
		this.told.clear();
		return told;
	}

	/** The former handle of the last one with a new id. */
	String former() {
		return this.former;
	}

	void forget() {
		this.heard.clear();
	}

	/** What was heard, but for what begins so. */
	List<String> heard(String except) {
		List<String> heard = this.heard.stream().filter((each) -> !each.startsWith(except)).toList();
		forget();
		return heard;
	}

	List<String> only(String beginning) {
		List<String> heard = this.heard.stream().filter((each) -> each.startsWith(beginning)).toList();
		forget();
		return heard;
	}

	@Override
	public void keysConfigured(List<String> keyIds) {
		this.keyIds = keyIds;
	}

	@Override
	public void cookieOpened(String keyId, int position) {
		this.openedBy = keyId;
		this.heard.add("cookieOpened " + position);
	}

	@Override
	public void rejected(CookieRejection reason) {
		this.heard.add("rejected " + reason);
	}

	@Override
	public void created(SessionIdentity session) {
		this.told.add(session);
		this.heard.add("created");
	}

	@Override
	public void idRegenerated(SessionIdentity session, String formerHandle) {
		this.told.add(session);
		this.former = formerHandle;
		this.heard.add("idRegenerated");
	}

	@Override
	public void destroyed(SessionIdentity session) {
		this.told.add(session);
		this.heard.add("destroyed");
	}

	@Override
	public void expired(SessionIdentity session) {
		this.told.add(session);
		this.heard.add("expired");
	}

	@Override
	public void committed(Duration time, int cookieBytes) {
		assertThat(time).isPositive();
		this.heard.add("committed " + (cookieBytes > 0));
	}

	@Override
	public void conflict() {
		this.heard.add("conflict");
	}

	@Override
	public void gone() {
		this.heard.add("gone");
	}

	@Override
	public void valueUnreadable() {
		this.heard.add("valueUnreadable");
	}

	@Override
	public void storeCalled(StoreCall call, StoreOutcome outcome, Duration time) {
		assertThat(time).isPositive();
		this.heard.add("storeCalled " + call + " " + outcome);
	}

}
