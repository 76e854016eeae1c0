package io.sessionkit.spring.app;

/**
 * A form that comes from a library: in no package of the applications that use it.
 */
public final class ForeignForm {

	private String name = "";

	public String getName() {
		return this.name;
	}

	public void setName(String name) {
		this.name = name;
	}

	@Override
	public String toString() {
		return "ForeignForm " + this.name;
	}

}
