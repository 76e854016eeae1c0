package io.sessionkit.contract;

import java.util.List;

import io.sessionkit.SessionIdStorageStrategy;

/**
 * Makes the strategy of a {@link TwoProcessContract}, once in each of the processes. It
 * has a public constructor without parameters, since the other process knows its name
 * only.
 */
@FunctionalInterface
public interface StrategyFactory extends AutoCloseable {

	/**
	 * Makes a strategy over the one store of the test, by the system clock.
	 * @param arguments where the store is, as the contract's {@code arguments} say
	 */
	SessionIdStorageStrategy strategy(List<String> arguments);

	/** Lets go of connections, in the process of the test; the other one just ends. */
	@Override
	default void close() {
	}

}
