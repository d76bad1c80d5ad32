using Microsoft.Extensions.Time.Testing;

namespace DealerPortal.TestCommon;

/// <summary>Stands at 23 November 2026, 09:00 UTC, a Monday, until the test moves it.</summary>
public sealed class TestClock() : FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero))
{
    /// <summary>Whether tests that run side by side read it: moved by one of them, it would be wrong for the others.</summary>
    public bool IsShared { get; init; }

    public new void Advance(TimeSpan delta)
    {
        RefuseWhenShared();
        base.Advance(delta);
    }

    public new void SetUtcNow(DateTimeOffset value)
    {
        RefuseWhenShared();
        base.SetUtcNow(value);
    }

    private void RefuseWhenShared()
    {
        if (IsShared)
            throw new InvalidOperationException($"The clock of {nameof(PortalFixture)} stands still: a test that moves it uses {nameof(OwnPortalFixture)}.");
    }
}
