package com.acme.visits;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/** What a visitor has looked at. */
public class Visit implements Serializable {

	private static final long serialVersionUID = 1L;

	private final Date begin = new Date();

	private final List<String> paths = new ArrayList<>();

	private int requests;

	void add(String path) {
		this.requests++;
		if (!this.paths.contains(path)) {
			this.paths.add(path);
		}
	}

	@Override
	public String toString() {
		return this.requests + " requests for " + this.paths + " since " + this.begin.toInstant();
	}

}
