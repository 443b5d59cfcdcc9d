"""A form over the screen: fields, checked as they are typed, and what they come to."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Static, TextArea

from factcheck.screen.bars import keyed
from factcheck.screen.forms import Field, Form
from factcheck.screen.passages import Ink, harmless, joined, own, pasted, pasted_line, said


class Choice(Static, can_focus=True):
    """One of several words, chosen with the arrows or by its first letter."""

    class Changed(Message):
        """Another word was chosen."""

    def __init__(self, field: Field, chosen: str, name: str) -> None:
        super().__init__(id=name, markup=False)
        self.choices = field.choices
        self.value = chosen if chosen in field.choices else ""

    def on_mount(self) -> None:
        """Show the words."""
        self._choose(self.value)

    def on_key(self, event: events.Key) -> None:
        """Take the arrows, and first letters."""
        at = self.choices.index(self.value) if self.value in self.choices else -1
        if event.key in {"left", "right"}:
            event.stop()
            step = 1 if event.key == "right" else -1
            self._choose(self.choices[max(0, min(len(self.choices) - 1, at + step))])
        elif event.character and event.character.isalpha():
            event.stop()
            later = (*self.choices[at + 1 :], *self.choices[: at + 1])
            self._choose(next((one for one in later if one.startswith(event.character)), self.value))

    def _choose(self, value: str) -> None:
        self.value = value
        shown = (own(f"[{one}]", Ink.STRONG) if one == value else own(f" {one} ") for one in self.choices if one)
        self.update(joined(shown, " "))
        self.post_message(self.Changed())


class Line(Input):
    """A line of text."""

    def on_paste(self, event: events.Paste) -> None:
        """Change what Textual's own handler, which is called next and takes one line alone, puts in."""
        event.text = pasted_line(event.text)

    def action_paste(self) -> None:
        """Put in what was copied here, which may be of several lines."""
        self.replace(pasted_line(self.app.clipboard), *self.selection)


class Words(TextArea):
    """Several lines of text."""

    def on_paste(self, event: events.Paste) -> None:
        """Change what Textual's own handler, which is called next, puts in."""
        event.text = pasted(event.text)


class FormScreen(ModalScreen[dict[str, str] | None]):
    """A form; what is typed is handed to `kept` at each change, so that it outlives the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+s", "leave", "leave", priority=True),
        Binding("f2", "send", "send", priority=True),
        Binding("tab", "app.focus_next", "next field", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", "field before", show=False, priority=True),
    ]

    def __init__(self, form: Form, typed: Mapping[str, str], kept: Callable[[str, Mapping[str, str]], None]) -> None:
        super().__init__()
        self.form = form
        self._typed = dict(typed)
        self._kept = kept
        self._widgets = {one.name: _widget_of(one, self._typed.get(one.name, "")) for one in form.fields}
        self._fault = Static(id="fault", markup=False)
        self._preview = Static(id="preview", markup=False)
        self._has_ended = False
        self._first: Choice | Line | Words | None = None
        self._early: list[events.Key] = []

    def compose(self) -> ComposeResult:
        """Title, fields with their labels, faults, preview, keys."""
        with VerticalScroll(id="form", can_focus=False):
            yield Static(said(self.form.title, Ink.STRONG), id="form-title", markup=False)
            for field in self.form.fields:
                with Horizontal(classes="row"):
                    yield Static(own(field.label, Ink.FAINT), classes="label", markup=False)
                    yield self._widgets[field.name]
            yield self._fault
            yield self._preview
            keys = (("F2", "send"), ("tab", "next field"), ("^s", "draft"), ("esc", "leave"))
            yield Static(joined((keyed(*one) for one in keys), "  "), id="form-keys", markup=False)

    def on_mount(self) -> None:
        """Begin in the first field, and show what the form comes to so far."""
        self._first = next(iter(self._widgets.values()))
        self.set_focus(self._first)
        # Who types fast has typed already: those keys were meant for this field.
        for event in self._early:
            self._first.post_message(event)
        self.look()

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    def look(self) -> None:
        """Keep and check the form as it is typed; what comes late, after the form was left, is kept already."""
        if self._has_ended:
            return
        typed = self.values()
        if typed != self._typed:
            self._typed = typed
            self._kept(self.form.name, typed)
        fault = self.form.fault(typed)
        self._fault.update(own(f"! {fault}", Ink.WARNING) if fault else Content())
        self._preview.update(self.form.preview(typed) if self.form.preview else Content())

    @on(Input.Submitted)
    def go_on(self, event: Input.Submitted) -> None:
        """Enter in a line goes to the next field, and sends from the last."""
        if event.input is self._widgets[self.form.fields[-1].name]:
            self.action_send()
        else:
            self.focus_next()

    def take(self, event: events.Key) -> None:
        """Take a key that was pressed for this form before it could be seen."""
        if self._first is None:
            self._early.append(event)
        else:
            self._first.post_message(event)

    def on_key(self, event: events.Key) -> None:
        """Keep a key that comes while no field is there yet."""
        if self._first is None:
            event.stop()
            self.take(events.Key(event.key, event.character))

    def action_send(self) -> None:
        """Hand the form back, unless something is wrong with it."""
        self._after_typing(lambda: self._end(self.values()) if self.form.fault(self.values()) is None else None)

    def action_leave(self) -> None:
        """Leave the form; its text is kept, and nothing is done."""
        self._after_typing(lambda: self._end(None))

    def _after_typing(self, then: Callable[[], object]) -> None:
        """Do something once every field has taken the keys that were pressed before."""
        # A field acts on a key only in its own turn, so that what is asked of each in turn comes after all its keys.
        for widget in self._widgets.values():
            then = partial(widget.call_later, then)
        then()

    def _end(self, sent: dict[str, str] | None) -> None:
        if not self._has_ended:  # F2 pressed twice ahead sends the form once
            self._has_ended = True
            if self.values() != self._typed:
                self._kept(self.form.name, self.values())
            self.dismiss(sent)

    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        return {name: one.text if isinstance(one, Words) else one.value for name, one in self._widgets.items()}


def _widget_of(field: Field, typed: str) -> Choice | Line | Words:
    """The widget that a field is filled in with."""
    text, name = harmless(typed), f"field-{field.name}"
    if field.choices:
        return Choice(field, text, name)
    if field.is_long:
        words = Words(text, id=name, soft_wrap=True, tab_behavior="focus", classes="text", compact=True)
        words.move_cursor(words.document.end)
        return words
    return Line(text, id=name, select_on_focus=False, compact=True)
