using System;

namespace MailDns.TestSupport;

/// <summary>A fault and when it strikes. Immutable: refine with <c>with</c>.</summary>
public sealed record DnsFault(DnsFaultKind Kind)
{
    /// <summary>From 0 to 1, drawn from the server's seed.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>How many matching queries it strikes before it is spent.</summary>
    public int Times { get; init; } = int.MaxValue;

    /// <summary>Only over this transport; null for both.</summary>
    public QueryTransport? Transport { get; init; }

    public TimeSpan MinDelay { get; init; }

    public TimeSpan MaxDelay { get; init; }

    /// <summary>After the bad datagram the right one follows (UDP; WrongId, WrongQuestion, MalformedPacket, RandomOctets).</summary>
    public bool ThenCorrect { get; init; }

    public static DnsFault Timeout => new(DnsFaultKind.Timeout);

    public static DnsFault Duplicate => new(DnsFaultKind.Duplicate);

    public static DnsFault WrongId => new(DnsFaultKind.WrongId);

    public static DnsFault WrongQuestion => new(DnsFaultKind.WrongQuestion);

    public static DnsFault ServFail => new(DnsFaultKind.ServFail);

    public static DnsFault Refused => new(DnsFaultKind.Refused);

    public static DnsFault FormErr => new(DnsFaultKind.FormErr);

    public static DnsFault FormErrOnEdns => new(DnsFaultKind.FormErrOnEdns);

    public static DnsFault NotImp => new(DnsFaultKind.NotImp);

    public static DnsFault Truncate => new(DnsFaultKind.Truncate);

    public static DnsFault MalformedPacket => new(DnsFaultKind.MalformedPacket);

    public static DnsFault RandomOctets => new(DnsFaultKind.RandomOctets);

    public static DnsFault CnameLoop => new(DnsFaultKind.CnameLoop);

    public static DnsFault LameDelegation => new(DnsFaultKind.LameDelegation);

    public static DnsFault UpwardReferral => new(DnsFaultKind.UpwardReferral);

    public static DnsFault GarbageData => new(DnsFaultKind.GarbageData);

    public static DnsFault Bogus => new(DnsFaultKind.Bogus);

    public static DnsFault Validated => new(DnsFaultKind.Validated);

    public static DnsFault Loss(double probability) => new(DnsFaultKind.Timeout) { Probability = probability };

    public static DnsFault Delay(TimeSpan delay) => Delay(delay, delay);

    public static DnsFault Delay(TimeSpan min, TimeSpan max) => new(DnsFaultKind.Delay) { MinDelay = min, MaxDelay = max };
}
