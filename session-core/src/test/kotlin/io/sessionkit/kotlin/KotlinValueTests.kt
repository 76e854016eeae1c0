package io.sessionkit.kotlin

import com.fasterxml.jackson.annotation.JsonTypeInfo
import io.sessionkit.FlashKey
import io.sessionkit.SessionKey
import io.sessionkit.SessionSerializationException
import io.sessionkit.SessionStorage
import io.sessionkit.contract.Browser
import io.sessionkit.cookie.SessionCookie
import io.sessionkit.storage.memory.MemoryStorageStrategy
import java.lang.reflect.Type
import java.time.Instant
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatExceptionOfType
import org.junit.jupiter.api.Test

/** Values as Kotlin writes them come back with its Jackson module on the class path and nothing else to do. */
class KotlinValueTests {

	data class Item(val sku: String, val quantity: Int = 1, val note: String? = null)

	data class User(val name: String, val isAdmin: Boolean = false, var isActive: Boolean? = null)

	@JvmInline
	value class Email(val address: String)

	data class Account(val email: Email, val others: List<Email> = emptyList(), val spare: Email? = null)

	data class Cart(val items: MutableList<Item> = mutableListOf(), val byName: Map<String, Item> = emptyMap())

	class Basket {
		val items = mutableListOf<String>()
		val counts = mutableMapOf<String, Int>()
		var note: String = ""
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
	sealed interface Step {
		data class Address(val street: String) : Step
		data class Payment(val iban: String, val before: Step) : Step
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
	sealed interface Login {
		data object Guest : Login
		data class Member(val name: String) : Login
	}

	data object Nothing

	class Lazy(val name: String) {
		val upper by lazy { name.uppercase() }
		override fun equals(other: Any?) = other is Lazy && other.name == name
		override fun hashCode() = name.hashCode()
	}

	class Hidden(val name: String, private var count: Int = 0) {
		fun inc() = apply { count++ }
		fun count() = count
	}

	class Counter {
		private var count = 0
		val name = "counter"
		fun inc() = apply { count++ }
		fun wasUsed() = count > 0
	}

	private var browser = newBrowser()

	private fun newBrowser() = Browser(
		SessionStorage.of(
			SessionCookie.builder("__session").signedWith("a secret of the tests of the core").build(),
			MemoryStorageStrategy()
		)
	)

	@Suppress("UNCHECKED_CAST")
	private fun <T : Any> assertComesBack(type: Type, value: T) {
		browser = newBrowser()
		val key = SessionKey.ofType("value", type) as SessionKey<T>
		val updated = SessionKey.ofType("updated", type) as SessionKey<T>
		val flash = FlashKey.ofType("flash", type) as FlashKey<T>
		browser.visit {
			it.set(key, value)
			it.update(updated, value) { present -> present }
			it.flash(flash, value)
			it.set("plain", value)
		}
		browser.visit {
			assertThat(it.get(key) as Any?).isEqualTo(value)
			assertThat(it.get(updated) as Any?).isEqualTo(value)
			assertThat(it.get(flash) as Any?).isEqualTo(value)
		}
	}

	private fun typeOf(method: String): Type =
		javaClass.declaredMethods.first { it.name == method }.genericReturnType

	@Test
	fun `a data class keeps its values and its defaults`() {
		assertComesBack(Item::class.java, Item("tea"))
		assertComesBack(Item::class.java, Item("tea", 7, "gift"))
		browser.visit { it.set("old", mapOf("sku" to "tea")) }
		assertThat(browser.ask { it.get("old", Item::class.java) }).isEqualTo(Item("tea", 1, null))
	}

	@Test
	fun `a property that begins with is keeps its name`() {
		assertComesBack(User::class.java, User("ann", true, true))
		assertThat(browser.get("value")).isEqualTo(mapOf("name" to "ann", "isAdmin" to true, "isActive" to true))
	}

	@Test
	fun `a value class comes back`() {
		assertComesBack(Account::class.java, Account(Email("a@b"), listOf(Email("c@d"), Email("e@f")), Email("g@h")))
		assertComesBack(Account::class.java, Account(Email("a@b")))
		assertComesBack(Email::class.java, Email("a@b"))
	}

	@Test
	fun `lists and maps without setters are filled`() {
		assertComesBack(Cart::class.java, Cart(mutableListOf(Item("tea")), mapOf("jam" to Item("jam", 2))))
		val key = SessionKey.of("basket", Basket::class.java)
		browser.visit { it.get(key) { Basket() }.items.add("tea") }
		browser.visit { it.get(key)!!.counts["tea"] = 2 }
		val basket = browser.ask { it.get(key) }!!
		assertThat(basket.items).containsExactly("tea")
		assertThat(basket.counts).isEqualTo(mapOf("tea" to 2))
	}

	@Suppress("unused")
	private fun pair(): Pair<String, Instant> = TODO()

	@Suppress("unused")
	private fun triples(): Map<String, Triple<Item, Int, Email>> = TODO()

	@Test
	fun `pairs and triples come back as what their key says`() {
		assertComesBack(typeOf("pair"), Pair("a", Instant.EPOCH))
		assertComesBack(typeOf("triples"), mapOf("a" to Triple(Item("tea"), 1, Email("a@b"))))
	}

	@Test
	fun `a sealed hierarchy keeps its types`() {
		val steps = listOf(Step.Address("Main"), Step.Payment("DE1", Step.Address("Side")))
		browser.visit { it.set(SessionKey.listOf("steps", Step::class.java), steps) }
		assertThat(browser.ask { it.get(SessionKey.listOf("steps", Step::class.java)) }).isEqualTo(steps)
		assertComesBack(Step::class.java, steps[1])
	}

	@Test
	fun `a data object is the same one again`() {
		browser.visit { it.set(SessionKey.of("login", Login::class.java), Login.Guest) }
		assertThat(browser.ask { it.get(SessionKey.of("login", Login::class.java)) }).isSameAs(Login.Guest)
		browser.visit { it.set(SessionKey.of("login", Login::class.java), Login.Member("ann")) }
		assertThat(browser.ask { it.get(SessionKey.of("login", Login::class.java)) }).isEqualTo(Login.Member("ann"))
	}

	@Test
	fun `a lazy property is derived and no loss`() {
		assertComesBack(Lazy::class.java, Lazy("ann").also { assertThat(it.upper).isEqualTo("ANN") })
	}

	@Test
	fun `private state without a getter is refused once it differs`() {
		browser.visit { session ->
			for (value in listOf(Hidden("a").inc(), Counter().inc(), listOf(Counter().inc()))) {
				assertThatExceptionOfType(SessionSerializationException::class.java)
					.isThrownBy { session.set("value", value) }
					.withMessageContaining("'count'")
			}
		}
	}

	@Test
	fun `a data object by itself comes back too`() {
		browser.visit { it.set("value", Nothing) }
		assertThat(browser.ask { it.get("value", Nothing::class.java) as Any? }).isSameAs(Nothing)
	}

}
