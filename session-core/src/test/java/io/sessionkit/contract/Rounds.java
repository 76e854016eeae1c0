package io.sessionkit.contract;

/**
 * How often the races of the contracts are run. The system property
 * {@code sessionkit.contract.rounds} caps it, for a build that runs often: where a store
 * is behind a wire, a check before a write is caught in the first rounds.
 */
final class Rounds {

	private Rounds() {
	}

	static int of(int rounds) {
		return Math.min(rounds, Integer.getInteger("sessionkit.contract.rounds", rounds));
	}

}
