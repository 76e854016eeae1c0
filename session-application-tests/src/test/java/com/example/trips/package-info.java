/**
 * A travel agency: Spring Security with a login form, the actuator on a port of its own,
 * a guest book whose form redirects, and trips as Kotlin values in the session.
 */
@NullMarked
package com.example.trips;

import org.jspecify.annotations.NullMarked;
