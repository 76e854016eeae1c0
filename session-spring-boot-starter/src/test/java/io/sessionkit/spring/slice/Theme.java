package io.sessionkit.spring.slice;

enum Theme {

	LIGHT, DARK

}
