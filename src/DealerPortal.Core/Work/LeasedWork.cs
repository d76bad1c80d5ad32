namespace DealerPortal.Core.Work;

public enum WorkState : byte
{
    /// <summary>Nobody has ordered it.</summary>
    None = 0,
    Waiting = 1,
    Running = 2,
    Done = 3,

    /// <summary>It was begun <see cref="Worker.MaxAttempts"/> times without getting on, or who ordered it lost the right to it.</summary>
    Failed = 4,

    /// <summary>What it was ordered on is no longer so. What is written stays, the rest was left.</summary>
    Overtaken = 5,
}

/// <summary>Work that is too long for a request: ordered by a person, done by whichever instance takes its lease, watched meanwhile.</summary>
public abstract class LeasedWork
{
    public Guid Id { get; init; }

    public WorkState State { get; set; }

    /// <summary>Rows that are written so far.</summary>
    public int Written { get; set; }

    /// <summary>Rows there are to write; null until they are counted.</summary>
    public int? Total { get; set; }

    public DateTime? FinishedAt { get; set; }

    /// <summary>How often it was begun since it last got on.</summary>
    public int Attempts { get; set; }

    /// <summary>Which instance does it, and until when it is left alone.</summary>
    public Guid? LeaseOwner { get; set; }
    public DateTime? LeaseUntil { get; set; }

    public bool IsUnderWay => State is WorkState.Waiting or WorkState.Running;
}
