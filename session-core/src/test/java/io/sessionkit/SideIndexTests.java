package io.sessionkit;

import java.time.InstantSource;

import io.sessionkit.contract.SubjectContract;

/** The storage tells an index beside the records all that it has to know. */
class SideIndexTests extends SubjectContract {

	@Override
	protected SubjectIndexStrategy strategy(InstantSource clock) {
		return new SideIndexStrategy(clock);
	}

}
